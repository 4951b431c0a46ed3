using System.Collections.Concurrent;
using System.Net;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Network;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Passwords;

/// <summary>The one place where a name and a password become a tenant; basic authentication and both token routes come here.</summary>
internal sealed class PasswordSignIn(
    TenantDirectory directory,
    PasswordHasher hasher,
    StoredPasswords stored,
    RememberedPasswords remembered,
    PasswordGate gate,
    AuditLog audit,
    TimeProvider time)
{
    private readonly FailureBrake _accounts = new(time, TimeSpan.FromMinutes(1));
    private readonly FailureBrake _addresses = new(time, TimeSpan.FromSeconds(10));

    // The same password of the same account, many times at once (a client's first burst), is verified once.
    private readonly ConcurrentDictionary<string, Lazy<Task<SignInResult>>> _running = new(StringComparer.Ordinal);

    internal async Task<SignInResult> SignInAsync(string name, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        // What no account can have costs nobody's time to refuse, and is the same for every account.
        if (TenantName.Problem(name) is not null || PasswordRules.Problem(password) is not null)
        {
            return new SignInResult(SignInOutcome.Denied);
        }

        var tenant = await directory.FindAsync(name, cancellationToken);
        var hash = tenant?.PasswordHash ?? hasher.NobodysHash;
        var digest = remembered.Digest(tenant is null ? "?" + name : Account(tenant), hash, password);
        if (tenant is not null && remembered.Contains(digest))
        {
            return Accept(tenant);
        }

        var attempt = _running.GetOrAdd(digest, _ => new Lazy<Task<SignInResult>>(() => AttemptAsync(name, AddressGroup.Of(address), tenant, hash, password, digest)));
        // Started by one, awaited by many: a caller that goes away leaves it to the others.
        return await attempt.Value.WaitAsync(cancellationToken);
    }

    private async Task<SignInResult> AttemptAsync(string name, string source, TenantRow? tenant, string hash, string password, string digest)
    {
        // Now: whoever asked may be gone before the answer is found.
        var origin = audit.Origin();
        try
        {
            if (_addresses.Begin(source) is { } addressWait)
            {
                return new SignInResult(SignInOutcome.SlowDown, RetryAfter: addressWait);
            }

            if (_accounts.Begin(name) is { } accountWait)
            {
                _addresses.Succeeded(source, clean: false);
                return new SignInResult(SignInOutcome.SlowDown, RetryAfter: accountWait);
            }

            var isRight = await gate.RunAsync(() => PasswordHasher.Verify(password, hash));
            if (isRight is null)
            {
                _accounts.Succeeded(name, clean: false);
                _addresses.Succeeded(source, clean: false);
                return new SignInResult(SignInOutcome.Busy, RetryAfter: PasswordGate.LongestWait);
            }

            if (tenant is null || !isRight.Value)
            {
                // Not a name that nobody has: it may be a password in the wrong field.
                await audit.RecordAsync(origin, AuditAction.SignIn, tenant?.Name, AuditResult.Refused, null, CancellationToken.None);
                return new SignInResult(SignInOutcome.Denied);
            }

            // Not clean for the address: whoever has one account could otherwise try all the others in between.
            _accounts.Succeeded(name, clean: true);
            _addresses.Succeeded(source, clean: false);
            var renewed = await stored.StrengthenAsync(tenant, password);
            remembered.Remember(renewed is null ? digest : remembered.Digest(Account(tenant), renewed, password));
            await audit.RecordAsync(
                origin with { Actor = tenant.Name },
                AuditAction.SignIn,
                tenant.Name,
                tenant.IsDisabled ? AuditResult.Refused : AuditResult.Done,
                tenant.IsDisabled ? "disabled" : null,
                CancellationToken.None);
            return Accept(tenant);
        }
        finally
        {
            _running.TryRemove(digest, out _);
        }
    }

    private static string Account(TenantRow tenant) => tenant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static SignInResult Accept(TenantRow tenant) =>
        tenant.IsDisabled ? new SignInResult(SignInOutcome.Disabled) : new SignInResult(SignInOutcome.Accepted, tenant);
}
