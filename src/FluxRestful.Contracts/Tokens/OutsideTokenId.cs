using System.ComponentModel.DataAnnotations;

namespace FluxRestful.Contracts.Tokens;

/// <summary>Names a token of another issuer.</summary>
/// <param name="Issuer">Its <c>iss</c>, as the settings have it.</param>
/// <param name="Jti">Its <c>jti</c>.</param>
public sealed record OutsideTokenId([property: Length(1, 512)] string Issuer, [property: Length(1, 512)] string Jti);
