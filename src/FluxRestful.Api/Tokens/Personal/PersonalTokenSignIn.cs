using System.Net;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Tokens.Personal;

/// <summary>The one place where a personal token becomes a tenant.</summary>
internal sealed class PersonalTokenSignIn(PersonalTokenDirectory tokens, TenantDirectory tenants, PersonalTokenUses uses)
{
    /// <summary>
    /// The tenant and the token; or a refusal. Unknown, revoked, expired, of another name, from a wrong address: the work is one hash and one
    /// look, the refusal the same.
    /// </summary>
    /// <param name="name">Whose it is said to be; null: nobody said.</param>
    internal async ValueTask<(TenantRow? Tenant, PersonalToken? Token, Refusal? Refusal)> SignInAsync(
        string text, string? name, IPAddress? address, CancellationToken cancellationToken)
    {
        var refusal = name is null ? Refusal.BadToken : Refusal.WrongPassword;
        if (!PersonalToken.IsWellFormed(text)
            || await tokens.FindAsync(TokenText.Hash(text), cancellationToken) is not { } token
            || !token.IsGoodFrom(address)
            || await tenants.FindAsync(token.TenantId, cancellationToken) is not { } tenant
            || (name is not null && name != tenant.Name))
        {
            return (null, null, refusal);
        }

        if (tenant.IsDisabled)
        {
            return (null, null, Refusal.Disabled);
        }

        uses.Note(token.Id);
        return (tenant, token, null);
    }
}
