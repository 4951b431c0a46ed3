using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants;
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
}
