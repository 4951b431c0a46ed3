using FluxRestful.Api.Hosting;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Payload;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Tokens.Payload;

public sealed class EncodedPayloadsTests
{
    private const string Key = "notsecrethoo";
    private const long Now = 1767225600;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(Now));

    [Fact]
    public void What_says_nothing_of_time_is_good_again_and_again()
    {
        var payloads = New();
        for (var round = 0; round < 3; round++)
        {
            Assert.True(Uses(payloads, Token("")));
            _time.Advance(TimeSpan.FromDays(10));
        }
    }

    [Fact]
    public void What_says_when_it_was_made_is_good_for_five_minutes_however_often()
    {
        var payloads = New();
        var token = Token($",\"iat\":{Now}");
        Assert.True(Uses(payloads, token));
        _time.Advance(TimeSpan.FromSeconds(300));
        Assert.True(Uses(payloads, token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Uses(payloads, token));
        Assert.False(Uses(payloads, Token($",\"iat\":{Now},\"exp\":{Now + 301}")));
        Assert.True(Uses(payloads, Token($",\"iat\":{Now},\"exp\":{Now + 302}")));
    }

    [Fact]
    public void What_has_a_jti_is_good_once()
    {
        var payloads = New();
        var token = Token($",\"jti\":\"1\",\"exp\":{Now + 60}");
        Assert.True(Uses(payloads, token));
        Assert.False(Uses(payloads, token));
        // The same name signed anew is the same payload; another tenant's is another.
        Assert.False(Uses(payloads, Token($",\"jti\":\"1\",\"exp\":{Now + 90}")));
        Assert.True(Uses(payloads, Token($",\"jti\":\"1\",\"exp\":{Now + 60}", user: "bob")));
        Assert.True(Uses(payloads, Token($",\"jti\":\"2\",\"exp\":{Now + 60}")));
    }

    [Theory]
    [InlineData("\"jti\":\"1\"")]
    [InlineData("\"jti\":\"1\",\"exp\":1767400000")]
    [InlineData("\"jti\":1,\"exp\":1767225660")]
    public void A_jti_that_could_not_be_remembered_until_its_end_is_refused(string claims) => Assert.False(Uses(New(), Token("," + claims)));

    [Fact]
    public void Where_freshness_is_required_a_payload_is_new_and_good_once()
    {
        var payloads = New(new TokenOptions { RequireFreshPayload = true, PayloadSeconds = 60 });
        Assert.False(Uses(payloads, Token("")));
        Assert.False(Uses(payloads, Token($",\"exp\":{Now + 60}")));
        Assert.False(Uses(payloads, Token($",\"iat\":{Now - 61},\"exp\":{Now + 60}")));
        var token = Token($",\"iat\":{Now}");
        Assert.True(Uses(payloads, token));
        Assert.False(Uses(payloads, token));
        Assert.True(Uses(payloads, Token($",\"iat\":{Now - 1}")));
    }

    [Fact]
    public void The_memory_is_bounded_and_refuses_rather_than_forgets()
    {
        var payloads = New();
        for (var at = 0; at < EncodedPayloads.MostRemembered; at++)
        {
            Assert.True(payloads.Use(new EncodedPayload("alice", "x", null, Now + 60, $"{at}"), ""));
        }

        Assert.False(payloads.Use(new EncodedPayload("alice", "x", null, Now + 60, "more"), ""));
        Assert.False(payloads.Use(new EncodedPayload("alice", "x", null, Now + 60, "0"), ""));
        Assert.True(payloads.Use(new EncodedPayload("alice", "x"), ""));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(payloads.Use(new EncodedPayload("alice", "x", null, Now + 120, "more"), ""));
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

    private EncodedPayloads New(TokenOptions? options = null) =>
        new(new ServerOptions { SecretKey = Key, DataDirectory = "" }, options ?? new TokenOptions(), _time);

    private static string Token(string more, string user = "peenut") => Jwt.Sign($$"""{"user":"{{user}}","pass":"secret","scope":"token"{{more}}}""", Key);

    private static bool Uses(EncodedPayloads payloads, string token) => payloads.Open(token) is { } payload && payloads.Use(payload, token);
}
