using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Revocation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Tokens.Endpoints;

internal static class SignOutRoutes
{
    /// <summary>Ends every access token and refresh token of the tenant, this one too; open streams within seconds.</summary>
    /// <param name="personalTokens">End the personal tokens as well.</param>
    internal static async Task<NoContent> Own(CurrentTenant tenant, SignOut signOut, CancellationToken cancellationToken, bool personalTokens = false)
    {
        await signOut.EverywhereAsync(tenant.Id, personalTokens, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>The same for another tenant.</summary>
    /// <param name="name">The tenant's name.</param>
    /// <param name="personalTokens">End the personal tokens as well.</param>
    internal static async Task<Results<NoContent, ProblemResult>> Of(
        string name, TenantDirectory tenants, SignOut signOut, CancellationToken cancellationToken, bool personalTokens = false)
    {
        if (await tenants.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return TenantTokens.NoSuchTenant;
        }

        await signOut.EverywhereAsync(tenant.Id, personalTokens, cancellationToken);
        return TypedResults.NoContent();
    }
}
