using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.JsonWebTokens;

namespace FluxRestful.Api.Tokens.Issuers;

/// <summary>The other issuers of the settings.</summary>
internal sealed class OutsideIssuers : IDisposable
{
    internal const int LongestToken = 16 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        // An address that is safe must not lead to one that is not.
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 256 * 1024,
    };

    private readonly Dictionary<string, OutsideIssuer> _byName;
    private readonly List<IssuerKeys> _keys = [];

    public OutsideIssuers(TokenOptions options, TimeProvider time, ILogger<OutsideIssuers> logger) => _byName = options.Issuers.ToDictionary(
        issuer => issuer.Issuer,
        issuer =>
        {
            var keys = new IssuerKeys(issuer.Issuer, _http, time, logger);
            _keys.Add(keys);
            return new OutsideIssuer(issuer, keys, time);
        },
        StringComparer.Ordinal);

    internal bool Knows(string issuer) => _byName.ContainsKey(issuer);

    /// <summary>Whose a token says it is. That it is remains to be seen.</summary>
    internal bool TryFind(string token, [NotNullWhen(true)] out OutsideIssuer? issuer)
    {
        issuer = null;
        if (_byName.Count == 0 || token.Length > LongestToken)
        {
            return false;
        }

        try
        {
            return _byName.TryGetValue(new JsonWebToken(token).Issuer ?? "", out issuer);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _keys.ForEach(keys => keys.Dispose());
    }
}
