using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Issuers;
using FluxRestful.Api.Tokens.Personal;
using FluxRestful.Contracts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Tokens.Endpoints;

/// <summary><c>/api/v1/users/{name}/tokens</c>: personal tokens of others, for who looks after accounts.</summary>
internal static class TenantTokens
{
    internal static readonly ProblemResult NoSuchTenant = new(ProblemType.NotFound, "There is no such tenant.");

    private static readonly ProblemResult NoSuchToken = new(ProblemType.NotFound, "There is no such token.");

    /// <summary>A tenant's personal tokens.</summary>
    /// <param name="name">The tenant's name.</param>
    internal static async Task<Results<Ok<PersonalTokenList>, ProblemResult>> List(
        string name, TenantDirectory tenants, PersonalTokens tokens, CancellationToken cancellationToken) =>
        await tenants.FindAsync(name, cancellationToken) is { } tenant
            ? TypedResults.Ok(PersonalTokenInfos.Of(await tokens.ListAsync(tenant.Id, cancellationToken)))
            : NoSuchTenant;

    /// <summary>Revokes a tenant's personal token, at once.</summary>
    /// <param name="name">The tenant's name.</param>
    /// <param name="id">As the list has it.</param>
    internal static async Task<Results<NoContent, ProblemResult>> Revoke(
        string name, int id, TenantDirectory tenants, PersonalTokens tokens, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return NoSuchTenant;
        }

        return await tokens.RevokeAsync(tenant.Id, id, cancellationToken) ? TypedResults.NoContent() : NoSuchToken;
    }

    /// <summary>Refuses a token of another issuer from now on, for a year.</summary>
    /// <remarks>For who knows its <c>jti</c> from the issuer's log. Whoever has the token itself sends it to <c>token/revoke</c>.</remarks>
    /// <param name="name">The tenant that it lets in.</param>
    internal static async Task<Results<NoContent, ProblemResult>> RevokeOutside(
        string name, OutsideTokenId token, TenantDirectory tenants, OutsideIssuers issuers, OutsideTokens outside, CancellationToken cancellationToken)
    {
        if (!issuers.Knows(token.Issuer))
        {
            return ProblemResult.Invalid("issuer", "No token of this issuer is taken here.");
        }

        if (await tenants.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return NoSuchTenant;
        }

        await outside.RevokeAsync(tenant.Id, token.Issuer, token.Jti, cancellationToken);
        return TypedResults.NoContent();
    }
}
