using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FluxRestful.Api.Network;
using FluxRestful.Api.Passwords;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Network;

public sealed class ProxiesTests
{
    private const string Proxy = "10.1.2.3";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_forwarded_address_that_no_known_proxy_sent_does_not_move_the_brake()
    {
        await using var app = new TestApp { ConfigureServices = RemoteAddress.Add, Settings = { ["Network:KnownProxies:0"] = Proxy } };
        var statuses = await GuessAsync(app, from: "192.0.2.1", guess => $"198.51.100.{guess}");
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task Without_known_proxies_nobodys_forwarded_address_moves_the_brake()
    {
        await using var app = new TestApp { ConfigureServices = RemoteAddress.Add };
        var statuses = await GuessAsync(app, from: "127.0.0.1", guess => $"198.51.100.{guess}");
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Theory]
    [InlineData(Proxy)]
    [InlineData("10.0.0.0/8")]
    public async Task What_a_known_proxy_says_is_believed(string known)
    {
        await using var app = new TestApp { ConfigureServices = RemoteAddress.Add, Settings = { ["Network:KnownProxies:0"] = known } };
        Assert.All(await GuessAsync(app, from: Proxy, guess => $"198.51.100.{guess}"), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GuessAsync(app, from: Proxy, _ => "198.51.100.200"))[^1]);
    }

    [Fact]
    public async Task What_a_client_put_before_the_proxys_word_is_not_believed()
    {
        await using var app = new TestApp { ConfigureServices = RemoteAddress.Add, Settings = { ["Network:KnownProxies:0"] = Proxy } };
        var statuses = await GuessAsync(app, from: Proxy, guess => $"198.51.100.{guess}, 192.0.2.1");
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("fd00::/8", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("proxy.example.org", false)]
    [InlineData("*", false)]
    public void A_proxy_is_an_address_or_a_network(string text, bool expected) => Assert.Equal(expected, Proxies.TryParse(text, out _));

    // Each guess is at an account of its own: only the address can be what is slowed.
    private static async Task<List<HttpStatusCode>> GuessAsync(TestApp app, string from, Func<int, string> forwardedFor)
    {
        var statuses = new List<HttpStatusCode>();
        for (var guess = 0; guess <= FailureBrake.FreeFailures; guess++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/jobs");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"name{Guid.NewGuid():N}:guess")));
            request.Headers.Add(RemoteAddress.Header, from);
            request.Headers.Add("X-Forwarded-For", forwardedFor(guess));
            statuses.Add((await app.Anonymous().SendAsync(request, Token)).StatusCode);
        }

        return statuses;
    }
}
