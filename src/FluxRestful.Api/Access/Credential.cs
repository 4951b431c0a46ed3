using FluxRestful.Api.Storage.Tokens;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Access;

/// <summary>What somebody came in with, so that it can be asked again while his request lasts. Holds nothing secret.</summary>
/// <param name="Tenant">As it was when he came in.</param>
/// <param name="ExpiresAt">Null: it has no end of its own.</param>
/// <param name="RevocationKeys">Under which it would be found among the revoked.</param>
/// <param name="PersonalHash">Of a personal token.</param>
/// <param name="Session">Of a browser.</param>
internal sealed record Credential(
    TenantRow Tenant,
    DateTimeOffset? ExpiresAt = null,
    IReadOnlyList<string>? RevocationKeys = null,
    string? PersonalHash = null,
    BrowserSession? Session = null)
{
    internal int TenantId => Tenant.Id;

    internal static Credential? Find(HttpContext context) => context.Features.Get<Credential>();

    internal void SetOn(HttpContext context) => context.Features.Set(this);
}
