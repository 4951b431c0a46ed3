using FluxRestful.Api.Storage.Tokens;
using FluxRestful.Api.Tokens.Payload;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Tokens.Payload;

public sealed class EncodedPayloadsTests
{
    private const string Key = "notsecrethoo";
    private const long Now = 1767225600;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(Now));

    [Fact]
    public async Task What_says_nothing_of_time_is_good_again_and_again()
    {
        await using var app = await StartAsync();
        for (var round = 0; round < 3; round++)
        {
            Assert.True(await UsesAsync(app, Token("")));
            _time.Advance(TimeSpan.FromDays(10));
        }
    }

    [Fact]
    public async Task What_says_when_it_was_made_is_good_for_five_minutes_however_often()
    {
        await using var app = await StartAsync();
        var token = Token($",\"iat\":{Now}");
        Assert.True(await UsesAsync(app, token));
        _time.Advance(TimeSpan.FromSeconds(300));
        Assert.True(await UsesAsync(app, token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await UsesAsync(app, token));
        Assert.False(await UsesAsync(app, Token($",\"iat\":{Now},\"exp\":{Now + 301}")));
        Assert.True(await UsesAsync(app, Token($",\"iat\":{Now},\"exp\":{Now + 302}")));
    }

    [Fact]
    public async Task What_has_a_jti_is_good_once()
    {
        await using var app = await StartAsync();
        var token = Token($",\"jti\":\"1\",\"exp\":{Now + 60}");
        Assert.True(await UsesAsync(app, token));
        Assert.False(await UsesAsync(app, token));
        // The same name signed anew is the same payload; another tenant's is another.
        Assert.False(await UsesAsync(app, Token($",\"jti\":\"1\",\"exp\":{Now + 90}")));
        Assert.True(await UsesAsync(app, Token($",\"jti\":\"1\",\"exp\":{Now + 60}", user: "bob")));
        Assert.True(await UsesAsync(app, Token($",\"jti\":\"2\",\"exp\":{Now + 60}")));
    }

    [Fact]
    public async Task A_jti_that_could_not_be_remembered_until_its_end_is_refused()
    {
        await using var app = await StartAsync();
        foreach (var claims in (string[])["\"jti\":\"1\"", "\"jti\":\"1\",\"exp\":1767400000", "\"jti\":1,\"exp\":1767225660"])
        {
            Assert.False(await UsesAsync(app, Token("," + claims)), claims);
        }
    }

    [Fact]
    public async Task Where_freshness_is_required_a_payload_is_new_and_good_once()
    {
        await using var app = await StartAsync(("Tokens:RequireFreshPayload", "true"), ("Tokens:PayloadSeconds", "60"));
        Assert.False(await UsesAsync(app, Token("")));
        Assert.False(await UsesAsync(app, Token($",\"exp\":{Now + 60}")));
        Assert.False(await UsesAsync(app, Token($",\"iat\":{Now - 61},\"exp\":{Now + 60}")));
        var token = Token($",\"iat\":{Now}");
        Assert.True(await UsesAsync(app, token));
        Assert.False(await UsesAsync(app, token));
        Assert.True(await UsesAsync(app, Token($",\"iat\":{Now - 1}")));
    }

    [Fact]
    public async Task The_memory_is_bounded_for_each_tenant_and_refuses_rather_than_forgets()
    {
        await using var app = new TestApp { Time = _time };
        var (alice, bob) = (await app.AddTenantAsync("alice", "secret"), await app.AddTenantAsync("bob", "secret"));
        var payloads = app.Services.GetRequiredService<EncodedPayloads>();
        await using (var db = app.OpenDatabase())
        {
            db.UsedPayloads.AddRange(Enumerable.Range(1, UsedPayloads.MostOfTenant - 1)
                .Select(at => new UsedPayload { Key = $"{at}", TenantId = alice.Id, ExpiresAt = _time.GetUtcNow().AddSeconds(60) }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.True(await UseAsync(alice.Id, Payload("0", 60)));
        Assert.False(await UseAsync(alice.Id, Payload("more", 60)));
        Assert.False(await UseAsync(alice.Id, Payload("0", 60)));
        Assert.True(await UseAsync(alice.Id, new EncodedPayload("alice", "x")));
        Assert.True(await UseAsync(bob.Id, Payload("bob's", 60)));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(await UseAsync(alice.Id, Payload("more", 120)));

        ValueTask<bool> UseAsync(int tenant, EncodedPayload payload) => payloads.UseAsync(tenant, payload, "", TestContext.Current.CancellationToken);
        static EncodedPayload Payload(string id, int seconds) => new("alice", "x", null, Now + seconds, id);
    }

    [Fact]
    public async Task A_payload_that_was_good_once_is_not_good_after_a_restart_nor_at_a_replica()
    {
        var data = Directory.CreateTempSubdirectory("flux-restful-test-");
        try
        {
            var kept = Path.Combine(data.FullName, "data");
            var token = Token($",\"jti\":\"1\",\"exp\":{Now + 3600}");
            await using (var first = new TestApp { Time = _time, KeptDataDirectory = kept })
            {
                await first.AddTenantAsync("peenut", "secret");
                Assert.Equal(200, await ExchangeAsync(first, token));
                await using var replica = new TestApp { Time = _time, KeptDataDirectory = kept };
                Assert.Equal(400, await ExchangeAsync(replica, token));
            }

            await using var second = new TestApp { Time = _time, KeptDataDirectory = kept };
            Assert.Equal(400, await ExchangeAsync(second, token));
            Assert.Equal(200, await ExchangeAsync(second, Token($",\"jti\":\"2\",\"exp\":{Now + 3600}")));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Of_many_that_bring_the_same_payload_at_once_one_gets_a_token()
    {
        await using var app = new TestApp { Time = _time };
        var tenant = await app.AddTenantAsync("alice", "secret");
        var payloads = app.Services.GetRequiredService<EncodedPayloads>();
        var used = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => payloads.UseAsync(
            tenant.Id, new EncodedPayload("alice", "x", null, Now + 60, "1"), "", CancellationToken.None).AsTask())));
        Assert.Single(used, true);
    }

    [Fact]
    public async Task Over_http_a_payload_with_a_jti_gives_one_token()
    {
        await using var app = new TestApp { Time = _time };
        await app.AddTenantAsync("peenut", "secret");
        foreach (var (token, expected) in new[] { (Token(""), (int[])[200, 200]), (Token($",\"jti\":\"1\",\"exp\":{Now + 60}"), [200, 400]) })
        {
            foreach (var status in expected)
            {
                Assert.Equal(status, (int)(await app.With("Bearer", token).PostAsync("/v1/token", null, TestContext.Current.CancellationToken)).StatusCode);
            }
        }
    }

    private async Task<TestApp> StartAsync(params (string Name, string Value)[] settings)
    {
        var app = new TestApp { Time = _time };
        foreach (var (name, value) in settings)
        {
            app.Settings[name] = value;
        }

        await app.AddTenantAsync("peenut", "secret");
        return app;
    }

    private static async Task<bool> UsesAsync(TestApp app, string token)
    {
        var payloads = app.Services.GetRequiredService<EncodedPayloads>();
        await using var db = app.OpenDatabase();
        return payloads.Open(token) is { } payload
            && await payloads.UseAsync(db.Tenants.Single(row => row.Name == "peenut").Id, payload, token, TestContext.Current.CancellationToken);
    }

    private static async Task<int> ExchangeAsync(TestApp app, string token) =>
        (int)(await app.With("Bearer", token).PostAsync("/v1/token", null, TestContext.Current.CancellationToken)).StatusCode;

    private static string Token(string more, string user = "peenut") => Jwt.Sign($$"""{"user":"{{user}}","pass":"secret","scope":"token"{{more}}}""", Key);
}
