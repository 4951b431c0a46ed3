using System.ComponentModel.DataAnnotations;

namespace FluxRestful.Contracts.Tokens;

/// <summary>A personal token that somebody wants.</summary>
/// <param name="Name">What it is for, in the tenant's words.</param>
/// <param name="Scopes">What it may: <c>jobs:read</c>, <c>jobs:write</c>, <c>cluster:read</c>, <c>users:admin</c>, <c>metrics:read</c>. Never more than the tenant may.</param>
/// <param name="ExpiresInDays">How long it lasts.</param>
/// <param name="Networks">CIDR blocks that it may be used from (<c>10.1.0.0/16</c>, <c>2001:db8::/32</c>); absent or empty: from anywhere.</param>
public sealed record NewPersonalToken(
    [property: Length(1, 64)] string Name,
    [property: Length(1, 5)] IReadOnlyList<string> Scopes,
    [property: Range(1, 3650)] int ExpiresInDays = 90,
    [property: MaxLength(16)] IReadOnlyList<string>? Networks = null);
