using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FluxRestful.Api.Access;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Tokens;

public sealed class AccessTokenTests
{
    private const string BadToken = """{"detail":"Could not validate credentials"}""";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1767225600));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_says_who_issued_it_for_whom_and_for_how_long()
    {
        await using var app = new TestApp { Time = _time };
        var alice = await app.AddTenantAsync("alice", "password");
        var (header, claims) = Open(Issue(app, alice));
        Assert.Equal("HS256", (string?)header["alg"]);
        Assert.Equal(16, ((string?)header["kid"])!.Length);
        Assert.Equal(alice.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)claims["sub"]);
        Assert.Equal(1767225600, (long?)claims["iat"]);
        Assert.Equal(1767225600 + (600 * 60), (long?)claims["exp"]);
        Assert.Equal("flux-restful", (string?)claims["iss"]);
        Assert.Equal("flux-restful", (string?)claims["aud"]);
        Assert.NotEqual((string?)claims["jti"], (string?)Open(Issue(app, alice)).Claims["jti"]);
    }

    [Fact]
    public async Task A_token_ends_with_its_time()
    {
        await using var app = new TestApp { Time = _time, Settings = { ["FLUX_ACCESS_TOKEN_EXPIRES_MINUTES"] = "5" } };
        var client = app.With("Bearer", Issue(app, await app.AddTenantAsync("alice", "password")));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/v1/x", Token)).StatusCode);
        _time.Advance(TimeSpan.FromMinutes(5));
        await RefusedAsync(client, HttpStatusCode.Forbidden, BadToken);
    }

    [Fact]
    public async Task A_disabled_tenant_an_unknown_one_and_an_old_password_end_their_tokens()
    {
        await using var app = new TestApp { Time = _time };
        var accounts = app.Services.GetRequiredService<TenantAccounts>();
        var alice = await app.AddTenantAsync("alice", "password");
        var client = app.With("Bearer", Issue(app, alice));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/v1/x", Token)).StatusCode);

        await accounts.SetDisabledAsync("alice", true, Token);
        await RefusedAsync(client, HttpStatusCode.BadRequest, """{"detail":"Inactive user"}""");
        await accounts.SetDisabledAsync("alice", false, Token);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/v1/x", Token)).StatusCode);

        await accounts.SetPasswordAsync("alice", "another", Token);
        await RefusedAsync(client, HttpStatusCode.Forbidden, BadToken);

        var nobody = new TenantRow(999, "nobody", "", "stamp", Role.Superuser, IsDisabled: false);
        await RefusedAsync(
            app.With("Bearer", app.Services.GetRequiredService<AccessTokens>().Issue(nobody)), HttpStatusCode.NotFound, """{"detail":"User not found"}""");
    }

    [Fact]
    public async Task A_change_by_another_process_is_seen_within_seconds()
    {
        await using var app = new TestApp { Time = _time };
        var client = app.With("Bearer", Issue(app, await app.AddTenantAsync("alice", "password")));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/v1/x", Token)).StatusCode);
        await using (var db = app.OpenDatabase())
        {
            await db.Tenants.Where(tenant => tenant.Name == "alice").ExecuteUpdateAsync(row => row.SetProperty(tenant => tenant.IsDisabled, true), Token);
        }

        _time.Advance(TenantDirectory.Freshness);
        await RefusedAsync(client, HttpStatusCode.BadRequest, """{"detail":"Inactive user"}""");
    }

    [Theory]
    [InlineData("iss", null)]
    [InlineData("iss", "somebody else")]
    [InlineData("aud", null)]
    [InlineData("aud", "somebody else")]
    [InlineData("sub", null)]
    [InlineData("sub", "-1")]
    [InlineData("sub", "1 or 1=1")]
    [InlineData("sub", "")]
    [InlineData("iat", null)]
    [InlineData("iat", 1767225700)]
    [InlineData("iat", "yesterday")]
    [InlineData("exp", null)]
    [InlineData("exp", 1767225600)]
    [InlineData("nbf", 1767225700)]
    [InlineData("jti", null)]
    [InlineData("jti", "")]
    [InlineData("stamp", null)]
    [InlineData("stamp", "another")]
    public async Task A_token_signed_right_that_says_wrong_is_refused(string claim, object? value)
    {
        await using var app = new TestApp { Time = _time };
        var (header, claims) = Open(Issue(app, await app.AddTenantAsync("alice", "password")));
        var key = app.Services.GetRequiredService<DataDirectory>().KeyFile("access-token");
        var untouched = Jwt.Sign(claims.ToJsonString(), key, header.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await app.With("Bearer", untouched).GetAsync("/v1/x", Token)).StatusCode);

        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = value is int number ? number : (string)value;
        }

        await RefusedAsync(app.With("Bearer", Jwt.Sign(claims.ToJsonString(), key, header.ToJsonString())), HttpStatusCode.Forbidden, BadToken);
    }

    [Fact]
    public async Task No_other_key_and_no_other_algorithm_signs_a_token()
    {
        await using var app = new TestApp { Time = _time };
        var issued = Issue(app, await app.AddTenantAsync("alice", "password"));
        var (header, claims) = Open(issued);
        var key = app.Services.GetRequiredService<DataDirectory>().KeyFile("access-token");
        var kid = (string)header["kid"]!;
        var body = claims.ToJsonString();
        var none = $"{Jwt.Encode("""{"alg":"none"}""")}.{issued.Split('.')[1]}.";
        var hs512Body = $"{Jwt.Encode($$"""{"alg":"HS512","kid":"{{kid}}"}""")}.{issued.Split('.')[1]}";
        string[] forged =
        [
            none,
            none.TrimEnd('.'),
            $"{Jwt.Encode($$"""{"alg":"none","kid":"{{kid}}"}""")}.{issued.Split('.')[1]}.{issued.Split('.')[2]}",
            Jwt.Sign(body, TestApp.SecretKey, header.ToJsonString()),
            Jwt.Sign(body, Encoding.UTF8.GetBytes(TestApp.SecretKey.PadRight(64, '\0')), header.ToJsonString()),
            Jwt.Sign(body, TestApp.SecretKey),
            Jwt.Sign(body, key), // no kid
            Jwt.Sign(body, key, """{"alg":"HS256","kid":"../../etc/passwd"}"""),
            Jwt.Sign(body, key, """{"alg":"HS256","kid":"access-token"}"""),
            Jwt.Sign(body, "", """{"alg":"HS256","kid":"/dev/null"}"""),
            Jwt.Sign(body, "", $$"""{"alg":"HS256","kid":"{{kid}}"}"""),
            Jwt.Sign(body, "attacker", """{"alg":"HS256","jku":"http://127.0.0.1:1/keys","x5u":"http://127.0.0.1:1/cert","kid":"1"}"""),
            Jwt.Sign(body, "attacker", """{"alg":"HS256","jwk":{"kty":"oct","k":"YXR0YWNrZXI"}}"""),
            Jwt.Sign(body, key, $$"""{"alg":"HS256","kid":"{{kid.ToUpperInvariant()}}x"}"""),
            $"{hs512Body}.{Base64Url.EncodeToString(HMACSHA512.HashData(key, Encoding.UTF8.GetBytes(hs512Body)))}",
            issued[..^4] + "AAAA",
            issued + "AAAA",
            Jwt.Sign("""{"user":"alice","pass":"password","scope":"token"}""", TestApp.SecretKey),
            "garbage", "a.b.c", "..", "a.b.c.d.e", "x", new string('x', 20_000),
        ];
        foreach (var token in forged)
        {
            await RefusedAsync(app.With("Bearer", token), HttpStatusCode.Forbidden, BadToken);
        }
    }

    [Fact]
    public async Task A_token_is_good_after_a_restart_and_not_at_another_server()
    {
        await using var one = new TestApp { Time = _time };
        await using var other = new TestApp { Time = _time };
        await other.AddTenantAsync("alice", "password");
        var token = Issue(one, await one.AddTenantAsync("alice", "password"));
        await using (var again = new TestApp { Time = _time, KeptDataDirectory = one.DataDirectory })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await again.With("Bearer", token).GetAsync("/v1/x", Token)).StatusCode);
        }

        await RefusedAsync(other.With("Bearer", token), HttpStatusCode.Forbidden, BadToken);
    }

    [Fact]
    public async Task Outside_v1_a_bad_token_is_unauthorized_in_problem_json()
    {
        await using var app = new TestApp();
        var answer = await app.With("Bearer", "garbage").GetAsync("/elsewhere", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    private static string Issue(TestApp app, Tenant tenant) => app.Services.GetRequiredService<AccessTokens>().Issue(TenantRow.Of(tenant));

    private static (JsonObject Header, JsonObject Claims) Open(string token)
    {
        var parts = token.Split('.').Take(2).Select(part => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject()).ToList();
        return (parts[0], parts[1]);
    }

    private static async Task RefusedAsync(HttpClient client, HttpStatusCode status, string body)
    {
        var answer = await client.GetAsync("/v1/x", Token);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Token));
    }
}
