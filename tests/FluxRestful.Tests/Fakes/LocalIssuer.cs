using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Tests.Fakes;

/// <summary>An issuer of tokens on a loopback address, with a discovery document and keys of its own.</summary>
internal sealed class LocalIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _fetches;

    private LocalIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/.well-known/openid-configuration", () => IsDown
            ? Results.StatusCode(500)
            : Results.Text(new JsonObject { ["issuer"] = SaysIssuer ?? Address, ["jwks_uri"] = SaysKeys ?? Address + "/keys" }.ToJsonString(), "application/json"));
        _app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref _fetches);
            return Results.Text(new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => Public(key))]) }.ToJsonString(), "application/json");
        });
        _app.MapGet("/moved", () => Results.Redirect(Address + "/keys"));
    }

    internal string Address => _app.Urls.Single();

    internal int Fetches => _fetches;

    internal List<SecurityKey> Keys { get; } = [Rsa("one")];

    internal bool IsDown { get; set; }

    internal string? SaysIssuer { get; set; }

    internal string? SaysKeys { get; set; }

    internal static async Task<LocalIssuer> StartAsync()
    {
        var issuer = new LocalIssuer();
        await issuer._app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    internal static RsaSecurityKey Rsa(string id, int bits = 2048) => new(RSA.Create(bits)) { KeyId = id };

    internal static ECDsaSecurityKey Ec(string id, ECCurve? curve = null) => new(ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256)) { KeyId = id };

    internal string Sign(JsonObject claims, SecurityKey? key = null, string? algorithm = null)
    {
        key ??= Keys[0];
        algorithm ??= key is RsaSecurityKey ? SecurityAlgorithms.RsaSha256 : SecurityAlgorithms.EcdsaSha256;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(claims.ToJsonString(), new SigningCredentials(key, algorithm));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static JsonObject Public(SecurityKey key) => key switch
    {
        RsaSecurityKey rsa when rsa.Rsa.ExportParameters(false) is var numbers => new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = key.KeyId,
            ["n"] = Base64UrlEncoder.Encode(numbers.Modulus),
            ["e"] = Base64UrlEncoder.Encode(numbers.Exponent),
        },
        ECDsaSecurityKey ec when ec.ECDsa.ExportParameters(false) is var point => new JsonObject
        {
            ["kty"] = "EC",
            ["use"] = "sig",
            ["kid"] = key.KeyId,
            ["crv"] = $"P-{ec.KeySize}",
            ["x"] = Base64UrlEncoder.Encode(point.Q.X),
            ["y"] = Base64UrlEncoder.Encode(point.Q.Y),
        },
        SymmetricSecurityKey shared => new JsonObject { ["kty"] = "oct", ["kid"] = key.KeyId, ["k"] = Base64UrlEncoder.Encode(shared.Key) },
        _ => throw new NotSupportedException(),
    };
}
