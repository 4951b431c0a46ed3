using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Api.Tokens.Issuers;

/// <summary>
/// An issuer's public keys, from its discovery document and the key set that it names. Fetched when they are first needed, again after an hour,
/// and for a <c>kid</c> that is not among them, but not more than once a minute whatever tokens come. While the issuer cannot be reached the
/// known keys are good for a day; after that, and without any, none is.
/// </summary>
internal sealed partial class IssuerKeys(string issuer, HttpClient http, TimeProvider time, ILogger logger) : IDisposable
{
    internal static readonly TimeSpan Freshness = TimeSpan.FromHours(1);

    internal static readonly TimeSpan LongestOutage = TimeSpan.FromDays(1);

    internal static readonly TimeSpan LeastBetween = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private volatile KeySet? _keys;
    private long? _triedAt;

    /// <summary>Null: the issuer has no such key, or cannot be asked.</summary>
    internal async ValueTask<SecurityKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var keys = _keys;
        if (keys is null || time.GetElapsedTime(keys.FetchedAt) >= Freshness || !keys.ById.ContainsKey(keyId))
        {
            keys = await FetchAsync(keyId, cancellationToken);
        }

        return keys is not null && time.GetElapsedTime(keys.FetchedAt) < LongestOutage && keys.ById.TryGetValue(keyId, out var key) ? key : null;
    }

    public void Dispose() => _fetching.Dispose();

    private async Task<KeySet?> FetchAsync(string keyId, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            // Another request has just done it, or it was tried a moment ago.
            if (_keys is { } known && time.GetElapsedTime(known.FetchedAt) < Freshness && known.ById.ContainsKey(keyId))
            {
                return known;
            }

            if (_triedAt is { } tried && time.GetElapsedTime(tried) < LeastBetween)
            {
                return _keys;
            }

            _triedAt = time.GetTimestamp();
            _keys = new KeySet(await ReadAsync(cancellationToken), _triedAt.Value);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or InvalidDataException or ArgumentException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            NotFetched(failure, issuer);
        }
        finally
        {
            _fetching.Release();
        }

        return _keys;
    }

    private async Task<Dictionary<string, SecurityKey>> ReadAsync(CancellationToken cancellationToken)
    {
        using var discovery = JsonDocument.Parse(await http.GetStringAsync(new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration"), cancellationToken));
        // OpenID Connect Discovery, 4.3: it must be the document of this issuer.
        if (Text(discovery.RootElement, "issuer") != issuer)
        {
            throw new InvalidDataException("The discovery document is another issuer's.");
        }

        if (!IssuerOptions.IsSafe(Text(discovery.RootElement, "jwks_uri"), out var address))
        {
            throw new InvalidDataException("The discovery document names no key set behind https.");
        }

        var keys = new Dictionary<string, SecurityKey>(StringComparer.Ordinal);
        foreach (var key in new JsonWebKeySet(await http.GetStringAsync(address, cancellationToken)).Keys.Where(IsOfUse))
        {
            keys[key.Kid] = key;
        }

        return keys;
    }

    private static string? Text(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A key for signatures of RS256 or ES256, and no weak one. A symmetric key has no business in a public set.
    private static bool IsOfUse(JsonWebKey key) =>
        !string.IsNullOrEmpty(key.Kid) && (string.IsNullOrEmpty(key.Use) || key.Use == "sig")
        && key.Kty switch
        {
            JsonWebAlgorithmsKeyTypes.RSA => key.KeySize >= 2048,
            JsonWebAlgorithmsKeyTypes.EllipticCurve => key.Crv == JsonWebKeyECTypes.P256,
            _ => false,
        };

    private sealed record KeySet(IReadOnlyDictionary<string, SecurityKey> ById, long FetchedAt);

    [LoggerMessage(LogLevel.Warning, "The keys of {Issuer} cannot be fetched.")]
    private partial void NotFetched(Exception failure, string issuer);
}
