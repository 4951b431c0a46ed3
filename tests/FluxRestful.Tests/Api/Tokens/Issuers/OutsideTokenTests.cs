using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Issuers;
using FluxRestful.Api.Tokens.Revocation;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Tests.Api.Tokens.Issuers;

public sealed class OutsideTokenTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1767225600));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_of_another_issuer_becomes_a_tenant_at_first_sight_and_stays_it()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        issuer.Keys.Add(LocalIssuer.Ec("two"));
        await using var app = await StartAsync(issuer);
        Assert.True(await GoodAsync(app, issuer.Sign(Claims(issuer))));
        Assert.True(await GoodAsync(app, issuer.Sign(Claims(issuer), issuer.Keys[1])));
        await using var db = app.App.OpenDatabase();
        var tenant = Assert.Single(db.Tenants, row => row.Name == "oidc-carol");
        Assert.Equal(Role.User, tenant.Role);
        Assert.Equal(tenant.Id, Assert.Single(db.OutsideIdentities).TenantId);
        Assert.Equal(1, issuer.Fetches);
    }

    [Fact]
    public async Task Many_first_requests_at_once_make_one_tenant()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var token = issuer.Sign(Claims(issuer));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => GoodAsync(app, token)));
        Assert.True(await GoodAsync(app, token));
        await using var db = app.App.OpenDatabase();
        Assert.Single(db.OutsideIdentities);
        Assert.Equal(1, issuer.Fetches);
    }

    [Theory]
    [InlineData("iss", "https://elsewhere.example")]
    [InlineData("iss", null)]
    [InlineData("aud", "another-service")]
    [InlineData("aud", null)]
    [InlineData("sub", null)]
    [InlineData("sub", "")]
    [InlineData("exp", 1767225500)]
    [InlineData("exp", null)]
    [InlineData("iat", null)]
    [InlineData("iat", 1767229200)]
    [InlineData("nbf", 1767229200)]
    [InlineData("preferred_username", null)]
    [InlineData("preferred_username", "a b")]
    [InlineData("preferred_username", "../x")]
    public async Task A_token_signed_right_that_says_wrong_is_refused(string claim, object? value)
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var claims = Claims(issuer);
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = value is int number ? number : (string)value;
        }

        Assert.False(await GoodAsync(app, issuer.Sign(claims)));
        await using var db = app.App.OpenDatabase();
        Assert.Empty(db.OutsideIdentities);
    }

    [Fact]
    public async Task No_other_key_and_no_other_algorithm_signs_a_token()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        var shared = new SymmetricSecurityKey(new byte[64]) { KeyId = "shared" };
        var weak = LocalIssuer.Rsa("weak", 1024);
        var large = LocalIssuer.Ec("large", ECCurve.NamedCurves.nistP384);
        issuer.Keys.AddRange([shared, weak, large]);
        await using var app = await StartAsync(issuer);
        var claims = Claims(issuer);
        var body = claims.ToJsonString();
        var rsa = ((RsaSecurityKey)issuer.Keys[0]).Rsa;
        string[] forged =
        [
            $"{Jwt.Encode("""{"alg":"none"}""")}.{Jwt.Encode(body)}.",
            $"{Jwt.Encode("""{"alg":"none","kid":"one"}""")}.{Jwt.Encode(body)}.",
            // The public key as the secret, in each form in which it is known.
            Jwt.Sign(body, rsa.ExportSubjectPublicKeyInfo(), """{"alg":"HS256","kid":"one"}"""),
            Jwt.Sign(body, Encoding.UTF8.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), """{"alg":"HS256","kid":"one"}"""),
            Jwt.Sign(body, rsa.ExportParameters(false).Modulus!, """{"alg":"HS256","kid":"one"}"""),
            Jwt.Sign(body, new byte[64], """{"alg":"HS256","kid":"shared"}"""),
            Jwt.Sign(body, TestApp.SecretKey, """{"alg":"HS256","kid":"one"}"""),
            issuer.Sign(claims, LocalIssuer.Rsa("one")),
            issuer.Sign(claims, LocalIssuer.Rsa("other")),
            issuer.Sign(claims, new RsaSecurityKey(rsa)),
            issuer.Sign(claims, issuer.Keys[0], SecurityAlgorithms.RsaSha512),
            issuer.Sign(claims, issuer.Keys[0], SecurityAlgorithms.RsaSsaPssSha256),
            issuer.Sign(claims, large, SecurityAlgorithms.EcdsaSha384),
            issuer.Sign(claims, weak),
            issuer.Sign(claims)[..^4] + "AAAA",
        ];
        foreach (var token in forged)
        {
            Assert.False(await GoodAsync(app, token), token);
        }

        Assert.True(await GoodAsync(app, issuer.Sign(claims)));
    }

    [Fact]
    public async Task A_token_that_demands_what_is_not_understood_here_is_refused()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var signing = new SigningCredentials(issuer.Keys[0], SecurityAlgorithms.RsaSha256);
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        var claims = Claims(issuer).ToJsonString();
        Assert.True(await GoodAsync(app, handler.CreateToken(claims, signing, new Dictionary<string, object> { ["x"] = "y" })));
        string[] demanded = ["x"];
        Assert.False(await GoodAsync(app, handler.CreateToken(claims, signing, new Dictionary<string, object> { ["x"] = "y", ["crit"] = demanded })));
    }

    [Fact]
    public async Task Another_issuer_signs_no_token_of_ours()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var ours = TokenForms.Claims((await TokenForms.SignInAsync(app, "alice")).Access());
        Assert.False(await GoodAsync(app, issuer.Sign(ours)));
        ours["iss"] = issuer.Address;
        ours["aud"] = "flux";
        Assert.False(await GoodAsync(app, issuer.Sign(ours)));
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_taken_up_and_asking_for_it_is_bounded()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        Assert.True(await GoodAsync(app, issuer.Sign(Claims(issuer))));
        var next = LocalIssuer.Rsa("next");
        var unknown = issuer.Sign(Claims(issuer), next);
        for (var round = 0; round < 5; round++)
        {
            Assert.False(await GoodAsync(app, unknown));
        }

        Assert.Equal(1, issuer.Fetches);
        issuer.Keys.Insert(0, next);
        _time.Advance(IssuerKeys.LeastBetween);
        Assert.True(await GoodAsync(app, unknown));
        Assert.Equal(2, issuer.Fetches);

        // The old one is withdrawn.
        var old = issuer.Sign(Claims(issuer), issuer.Keys[1]);
        Assert.True(await GoodAsync(app, old));
        issuer.Keys.RemoveAt(1);
        _time.Advance(IssuerKeys.Freshness);
        Assert.False(await GoodAsync(app, issuer.Sign(Claims(issuer), new RsaSecurityKey(RSA.Create(2048)) { KeyId = "one" })));
        Assert.False(await GoodAsync(app, old));
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_asked_lets_nobody_new_in_and_known_keys_last_a_day()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        issuer.IsDown = true;
        await using var app = await StartAsync(issuer);
        var claims = Claims(issuer);
        claims["exp"] = 1767225600 + (3 * 86400);
        var token = issuer.Sign(claims);
        Assert.False(await GoodAsync(app, token));
        issuer.IsDown = false;
        _time.Advance(IssuerKeys.LeastBetween);
        Assert.True(await GoodAsync(app, token));
        issuer.IsDown = true;
        _time.Advance(TimeSpan.FromHours(23));
        Assert.True(await GoodAsync(app, token));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(await GoodAsync(app, token));
    }

    [Fact]
    public async Task A_discovery_document_that_is_not_the_issuers_or_leads_into_the_open_is_not_followed()
    {
        foreach (var change in (Action<LocalIssuer>[])
        [
            issuer => issuer.SaysIssuer = "https://elsewhere.example",
            issuer => issuer.SaysKeys = "http://elsewhere.example/keys",
            issuer => issuer.SaysKeys = "file:///etc/passwd",
            issuer => issuer.SaysKeys = issuer.Address + "/moved",
        ])
        {
            await using var issuer = await LocalIssuer.StartAsync();
            change(issuer);
            await using var app = await StartAsync(issuer);
            Assert.False(await GoodAsync(app, issuer.Sign(Claims(issuer))));
            Assert.Equal(0, issuer.Fetches);
        }
    }

    [Fact]
    public async Task An_outside_name_is_never_a_tenant_that_was_made_here()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer, ("Tokens:Issuers:0:Prefix", ""));
        Assert.False(await GoodAsync(app, issuer.Sign(Claims(issuer, TestApp.Superuser))));
        Assert.False(await GoodAsync(app, issuer.Sign(Claims(issuer, "alice"))));

        await using var linking = await StartAsync(issuer, ("Tokens:Issuers:0:Prefix", ""), ("Tokens:Issuers:0:LinkExisting", "true"));
        Assert.False(await GoodAsync(linking, issuer.Sign(Claims(issuer, TestApp.Superuser, "s1"))));
        Assert.True(await GoodAsync(linking, issuer.Sign(Claims(issuer, "alice", "s2"))));
    }

    [Fact]
    public async Task A_name_that_passed_to_somebody_else_at_the_issuer_is_not_the_old_tenant()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        Assert.True(await GoodAsync(app, issuer.Sign(Claims(issuer, "carol", "subject-1"))));
        Assert.False(await GoodAsync(app, issuer.Sign(Claims(issuer, "carol", "subject-2"))));
        // Renamed, he is who he was.
        Assert.True(await GoodAsync(app, issuer.Sign(Claims(issuer, "caroline", "subject-1"))));
        await using var db = app.App.OpenDatabase();
        Assert.DoesNotContain(db.Tenants, row => row.Name == "oidc-caroline");
    }

    [Fact]
    public async Task Without_leave_to_make_tenants_whoever_is_not_known_is_not_let_in()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer, ("Tokens:Issuers:0:CreateAs", null));
        Assert.False(await GoodAsync(app, issuer.Sign(Claims(issuer))));
        await using var db = app.App.OpenDatabase();
        Assert.DoesNotContain(db.Tenants, row => row.Name == "oidc-carol");
    }

    [Fact]
    public async Task Signing_out_everywhere_and_disabling_reach_tokens_of_other_issuers()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var token = issuer.Sign(Claims(issuer));
        Assert.True(await GoodAsync(app, token));
        var tenant = (await app.App.Services.GetRequiredService<TenantDirectory>().FindAsync("oidc-carol", Token))!;
        await app.App.Services.GetRequiredService<SignOut>().EverywhereAsync(tenant.Id, personalToo: false, Token);
        Assert.False(await GoodAsync(app, token));
        _time.Advance(TimeSpan.FromSeconds(2));
        var later = Claims(issuer);
        later["iat"] = _time.GetUtcNow().ToUnixTimeSeconds();
        Assert.True(await GoodAsync(app, issuer.Sign(later)));
        await app.App.Services.GetRequiredService<TenantAccounts>().SetDisabledAsync("oidc-carol", true, Token);
        using var client = app.Bearer(issuer.Sign(later));
        await ApiApp.GetAsync(client, "/api/v1/account/tokens", 403);
    }

    [Theory]
    [InlineData("one")]
    [InlineData(null)]
    public async Task A_single_token_of_another_issuer_is_revoked_here_at_once_and_for_good(string? jti)
    {
        await using var issuer = await LocalIssuer.StartAsync();
        issuer.Keys.Add(LocalIssuer.Ec("two"));
        await using var app = await StartAsync(issuer);
        var gone = issuer.Sign(With("jti", jti), issuer.Keys[1]);
        var stays = issuer.Sign(With("jti", jti is null ? null : "two", ("nonce", "another")));
        Assert.True(await GoodAsync(app, gone));
        await TokenForms.RevokeAsync(app, gone);
        Assert.False(await GoodAsync(app, gone));
        // Signed anew, which with ES256 anybody can do who has a token, it is the same.
        Assert.False(await GoodAsync(app, issuer.Sign(With("jti", jti), issuer.Keys[1])));
        Assert.True(await GoodAsync(app, stays));

        // Nor is it good again when everything was signed out: the issuer's clock may be ahead.
        _time.Advance(TimeSpan.FromSeconds(1));
        var ahead = With("jti", jti, ("iat", 1767225600 + 20));
        await TokenForms.RevokeAsync(app, issuer.Sign(ahead));
        var tenant = (await app.App.Services.GetRequiredService<TenantDirectory>().FindAsync("oidc-carol", Token))!;
        await app.App.Services.GetRequiredService<SignOut>().EverywhereAsync(tenant.Id, personalToo: false, Token);
        Assert.False(await GoodAsync(app, issuer.Sign(ahead)));

        await using var again = await ApiApp.StartAsync(new TestApp { Time = _time, KeptDataDirectory = app.App.DataDirectory }, Settings(issuer));
        Assert.False(await GoodAsync(again, issuer.Sign(ahead)));

        JsonObject With(string name, string? value, params (string Name, JsonNode Value)[] more)
        {
            var claims = Claims(issuer);
            claims[name] = value;
            if (value is null)
            {
                claims.Remove(name);
            }

            foreach (var (other, node) in more)
            {
                claims[other] = node.DeepClone();
            }

            return claims;
        }
    }

    [Fact]
    public async Task Who_looks_after_accounts_revokes_by_jti_and_issuer_a_token_that_he_has_not_got()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var claims = Claims(issuer);
        claims["jti"] = "one";
        var token = issuer.Sign(claims);
        Assert.True(await GoodAsync(app, token));
        const string path = "/api/v1/users/oidc-carol/revoked-tokens";
        await ApiApp.PostAsync(app.Superuser, path, new { issuer = "https://elsewhere.example", jti = "one" }, 400);
        await ApiApp.PostAsync(app.Superuser, "/api/v1/users/nobody/revoked-tokens", new { issuer = issuer.Address, jti = "one" }, 404);
        Assert.True(await GoodAsync(app, token));
        await ApiApp.PostAsync(app.Superuser, path, new { issuer = issuer.Address, jti = "one" }, 204);
        Assert.False(await GoodAsync(app, token));
        claims["jti"] = "two";
        Assert.True(await GoodAsync(app, issuer.Sign(claims)));
        var told = (await ApiApp.GetAsync(app.Superuser, "/api/v1/audit?action=token-revoke")).GetProperty("entries").EnumerateArray();
        Assert.Equal("oidc-carol", Assert.Single(told).GetProperty("target").GetString());
    }

    [Theory]
    [InlineData("Issuer", "http://idp.example")]
    [InlineData("Issuer", "ftp://127.0.0.1")]
    [InlineData("Issuer", null)]
    [InlineData("Audience", null)]
    [InlineData("CreateAs", "superuser")]
    [InlineData("Prefix", "../")]
    public void A_setting_that_would_open_a_hole_is_said_by_name(string name, string? value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Tokens:Issuers:0:Issuer"] = "https://idp.example",
            ["Tokens:Issuers:0:Audience"] = "flux",
            ["Tokens:Issuers:0:CreateAs"] = "user",
        };
        FluxRestful.Api.Tokens.TokenOptions.Read(Of(settings));
        settings[$"Tokens:Issuers:0:{name}"] = value;
        var problem = Assert.Throws<FluxRestful.Api.Settings.SettingsException>(() => FluxRestful.Api.Tokens.TokenOptions.Read(Of(settings)));
        Assert.StartsWith($"Tokens:Issuers:0:{name}: ", problem.Message, StringComparison.Ordinal);

        static Microsoft.Extensions.Configuration.IConfiguration Of(Dictionary<string, string?> settings)
        {
            var builder = new Microsoft.Extensions.Configuration.ConfigurationBuilder();
            builder.Add(new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = settings });
            return builder.Build();
        }
    }

    private async Task<ApiApp> StartAsync(LocalIssuer issuer, params (string Name, string? Value)[] settings) => await ApiApp.StartAsync(
        new TestApp { Time = _time }, [.. Settings(issuer), .. settings]);

    private static (string Name, string? Value)[] Settings(LocalIssuer issuer) =>
        [("Tokens:Issuers:0:Issuer", issuer.Address), ("Tokens:Issuers:0:Audience", "flux"), ("Tokens:Issuers:0:CreateAs", "user")];

    private static JsonObject Claims(LocalIssuer issuer, string name = "carol", string subject = "subject-1") => new()
    {
        ["iss"] = issuer.Address,
        ["aud"] = "flux",
        ["sub"] = subject,
        ["iat"] = 1767225600,
        ["exp"] = 1767225600 + 36000,
        ["preferred_username"] = name,
    };

    private static Task<bool> GoodAsync(ApiApp app, string token) => app.IsGoodAsync(token);
}
