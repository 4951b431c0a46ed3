using System.Globalization;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Keys;
using FluxRestful.Api.Tokens.Personal;
using FluxRestful.Api.Tokens.Revocation;

namespace FluxRestful.Api.Admin;

/// <summary>The verbs about tokens and the keys that sign them. A running server goes by them within two seconds.</summary>
internal sealed class TokenVerbs(
    TenantDirectory tenants, PersonalTokens personal, SignOut signOut, SigningKeys keys, AuditLog audit, TextWriter output, TextWriter errors)
{
    /// <summary>Null: it is another verb, or takes other operands.</summary>
    internal async Task<int?> TryRunAsync(CommandLine line, CancellationToken cancellationToken) => (line.Verb, line.Operands) switch
    {
        ("list-tokens", [var name]) => await ListAsync(name, cancellationToken),
        ("revoke-token", [var name, var id]) => await RevokeAsync(name, id, cancellationToken),
        ("sign-out", [var name]) => await SignOutAsync(name, cancellationToken),
        ("rotate-keys", []) => await RotateKeysAsync(atOnce: false, cancellationToken),
        ("rotate-keys", ["at-once"]) => await RotateKeysAsync(atOnce: true, cancellationToken),
        _ => null,
    };

    private async Task<int> ListAsync(string name, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return await FailAsync("there is no such user");
        }

        foreach (var token in await personal.ListAsync(tenant.Id, cancellationToken))
        {
            var used = token.LastUsedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"used {at:yyyy-MM-dd HH:mm}") : "never used";
            var networks = token.Networks.Length > 0 ? $", from {token.Networks}" : "";
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{token.Id}  {token.Name}  {token.Scopes}  until {token.ExpiresAt:yyyy-MM-dd HH:mm}, {used}{networks}"));
        }

        return AdminVerbs.Done;
    }

    private async Task<int> RevokeAsync(string name, string id, CancellationToken cancellationToken)
    {
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await tenants.FindAsync(name, cancellationToken) is not { } tenant
            || !await personal.RevokeAsync(tenant.Id, number, cancellationToken))
        {
            return await FailAsync("there is no such token; list-tokens shows them");
        }

        await output.WriteLineAsync($"token {number} of '{name}' is revoked");
        return AdminVerbs.Done;
    }

    private async Task<int> SignOutAsync(string name, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return await FailAsync("there is no such user");
        }

        await signOut.EverywhereAsync(tenant.Id, personalToo: false, cancellationToken);
        await output.WriteLineAsync($"'{name}' is signed out; personal tokens and the password stay");
        return AdminVerbs.Done;
    }

    private async Task<int> RotateKeysAsync(bool atOnce, CancellationToken cancellationToken)
    {
        keys.Rotate(atOnce);
        await audit.RecordAsync(AuditAction.KeyRotate, atOnce ? "at-once" : null, AuditResult.Done, cancellationToken);
        await output.WriteLineAsync(atOnce
            ? "another key signs access tokens; all that there were have ended"
            : "another key signs access tokens; those that there are stay good until they expire");
        return AdminVerbs.Done;
    }

    private async Task<int> FailAsync(string problem)
    {
        await errors.WriteLineAsync(problem);
        return AdminVerbs.Failed;
    }
}
