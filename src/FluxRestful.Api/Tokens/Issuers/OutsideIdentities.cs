using System.Collections.Concurrent;
using FluxRestful.Api.Access;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Tokens;
using FluxRestful.Api.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tokens.Issuers;

/// <summary>
/// Which tenant somebody of another issuer is. Bound to the issuer's <c>sub</c> at first sight: a name that is passed on to somebody else at the
/// issuer is not the old tenant here, and no name of an issuer's is ever a tenant that was made here, unless the settings say so.
/// </summary>
internal sealed class OutsideIdentities(
    IDbContextFactory<FluxDb> databases, TenantAccounts accounts, TenantDirectory tenants, TimeProvider time)
{
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(string Issuer, string Subject), (int TenantId, DateTimeOffset? NotBefore, long ReadAt)> _known = new();
    private int _changes;

    /// <summary>Null: nobody here.</summary>
    internal async ValueTask<TenantRow?> FindAsync(
        IssuerOptions issuer, string subject, string? name, DateTimeOffset issuedAt, CancellationToken cancellationToken)
    {
        var known = _known.TryGetValue((issuer.Issuer, subject), out var remembered) && time.GetElapsedTime(remembered.ReadAt) < Freshness
            ? (remembered.TenantId, remembered.NotBefore)
            : await ReadAsync(issuer, subject, cancellationToken);
        if (known is null && name is not null)
        {
            known = await BindAsync(issuer, subject, issuer.Prefix + name, cancellationToken);
        }

        return known is { } found && (found.NotBefore is null || issuedAt >= found.NotBefore) ? await tenants.FindAsync(found.TenantId, cancellationToken) : null;
    }

    /// <summary>To be called after a change.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref _changes);
        _known.Clear();
    }

    private async Task<(int TenantId, DateTimeOffset? NotBefore)?> ReadAsync(IssuerOptions issuer, string subject, CancellationToken cancellationToken)
    {
        var (changes, now) = (Volatile.Read(ref _changes), time.GetTimestamp());
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.OutsideIdentities.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Issuer == issuer.Issuer && row.Subject == subject, cancellationToken) is not { } row)
        {
            return null;
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        if (changes == Volatile.Read(ref _changes))
        {
            _known[(issuer.Issuer, subject)] = (row.TenantId, row.NotBefore, now);
        }

        return (row.TenantId, row.NotBefore);
    }

    private async Task<(int TenantId, DateTimeOffset? NotBefore)?> BindAsync(
        IssuerOptions issuer, string subject, string name, CancellationToken cancellationToken)
    {
        if (TenantName.Problem(name) is not null)
        {
            return null;
        }

        var tenant = await tenants.FindAsync(name, cancellationToken);
        // Made by us for this subject, a moment ago by another request: then the binding is there or comes.
        var isOurs = tenant is null && issuer.CreateAs is { } role && await accounts.AddAsync(name, GeneratedPassword.New(), role, cancellationToken);
        if (!isOurs && (tenant is null || !issuer.LinkExisting || tenant.Role == Role.Superuser))
        {
            return await ReadAsync(issuer, subject, cancellationToken);
        }

        tenant ??= await tenants.FindAsync(name, cancellationToken);
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            db.OutsideIdentities.Add(new OutsideIdentity { Issuer = issuer.Issuer, Subject = subject, TenantId = tenant!.Id });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
            {
                // Somebody else was faster, or the database is in trouble: reading tells.
            }
        }

        return await ReadAsync(issuer, subject, cancellationToken);
    }
}
