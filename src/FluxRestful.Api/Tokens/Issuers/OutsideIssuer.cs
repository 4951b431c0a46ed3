using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Api.Tokens.Issuers;

/// <summary>What a token of another issuer must be: RS256 or ES256 by one of its keys, for us, complete, and current.</summary>
internal sealed class OutsideIssuer(IssuerOptions options, IssuerKeys keys, TimeProvider time)
{
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    internal IssuerOptions Options => options;

    /// <summary>Null: it is not.</summary>
    internal async Task<JsonWebToken?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var handler = new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = OutsideIssuers.LongestToken };
        // The header is the sender's word: a kid picks one of the issuer's keys, and whatever else it offers (jku, x5u, jwk) is not looked at.
        if (handler.ReadJsonWebToken(token) is not { Kid.Length: > 0 } unread || await keys.FindAsync(unread.Kid, cancellationToken) is not { } key)
        {
            return null;
        }

        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RequireAudience = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
        });
        return result.IsValid && result.SecurityToken is JsonWebToken read && IsComplete(read) ? read : null;
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now - ClockSkew && (notBefore is null || notBefore <= now + ClockSkew);
    }

    // RFC 7515, 4.1.11: what must be understood and is not makes a token invalid; nothing of it is understood here.
    private bool IsComplete(JsonWebToken token) =>
        !token.TryGetHeaderValue<object>("crit", out _)
        && token.Subject is { Length: > 0 and <= 255 }
        && token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Iat, out var issuedAt)
        && issuedAt <= (time.GetUtcNow() + ClockSkew).ToUnixTimeSeconds();
}
