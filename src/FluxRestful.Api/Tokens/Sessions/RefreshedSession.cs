using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Tokens.Sessions;

/// <param name="RefreshToken">For the next time.</param>
/// <param name="FamilyId">For the access token's <c>sid</c>.</param>
/// <param name="Scopes">What the sign-in was narrowed to; null: nothing.</param>
internal sealed record RefreshedSession(TenantRow Tenant, string RefreshToken, string FamilyId, string? Scopes)
{
    public override string ToString() => nameof(RefreshedSession);
}
