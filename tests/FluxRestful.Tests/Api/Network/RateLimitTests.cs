using System.Net;
using System.Text.Json;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Network;

public sealed class RateLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_that_runs_wild_is_told_which_limit_it_met_and_another_is_not()
    {
        await using var app = await ApiApp.StartAsync(("RateLimits:TenantPerSecond", "1"), ("RateLimits:TenantBurst", "3"));
        for (var request = 0; request < 3; request++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Alice.GetAsync("/v1/jobs", Token)).StatusCode);
        }

        var refused = await RefusedAsync(() => app.Alice.GetAsync("/v1/jobs", Token));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
        Assert.Equal(
            "Too many requests: requests-per-tenant is 1 a second, try again later",
            JsonElement.Parse(await refused.Content.ReadAsStringAsync(Token)).GetProperty("detail").GetString());
        Assert.Equal(HttpStatusCode.OK, (await app.Bob.GetAsync("/v1/jobs", Token)).StatusCode);
    }

    [Fact]
    public async Task Under_api_v1_it_is_a_problem_that_can_be_tried_again()
    {
        await using var app = await ApiApp.StartAsync(("RateLimits:TenantPerSecond", "1"), ("RateLimits:TenantBurst", "1"));
        var refused = await RefusedAsync(() => app.Superuser.GetAsync("/api/v1/audit", Token));
        var problem = await ApiApp.ReadAsync(refused, 429);
        Assert.Equal("urn:flux-restful:problem:too-many-requests", problem.GetProperty("type").GetString());
        Assert.True(problem.GetProperty("retryable").GetBoolean());
        Assert.Contains("requests-per-tenant", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_bounded_before_anybody_signs_in_and_its_whole_network_of_IPv6_with_it()
    {
        await using var app = new TestApp
        {
            ConfigureServices = RemoteAddress.Add,
            Settings = { ["RateLimits:AddressPerSecond"] = "1", ["RateLimits:AddressBurst"] = "3" },
        };
        var refused = await RefusedAsync(() => SendAsync(app, $"2001:db8::{Random.Shared.Next(1, 0xffff):x}", "/v1/jobs"));
        Assert.Contains("requests-per-address", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(app, "2001:db9::1", "/v1/jobs")).StatusCode);
        for (var request = 0; request < 10; request++)
        {
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, "2001:db8::1", "/health")).StatusCode);
        }
    }

    [Fact]
    public async Task Whoever_only_looks_who_answers_is_bounded_as_the_document_says()
    {
        await using var app = await ApiApp.StartAsync(("RateLimits:AddressPerSecond", "1"), ("RateLimits:AddressBurst", "5"));
        // The contract itself is asked for first.
        await app.With(null).GetAsync("/api/v1/", Token);
        await RefusedAsync(() => app.With(null).GetAsync("/api/v1/", Token));
    }

    [Fact]
    public async Task No_limit_is_none()
    {
        await using var app = new TestApp
        {
            Settings = { ["RateLimits:AddressPerSecond"] = "0", ["RateLimits:AddressBurst"] = "1", ["RateLimits:TenantPerSecond"] = "0", ["RateLimits:TenantBurst"] = "1" },
        };
        await app.AddTenantAsync("alice", "password");
        for (var request = 0; request < 20; request++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await app.ClientFor("alice").GetAsync("/v1/x", Token)).StatusCode);
        }
    }

    // The bucket is filled again while the test goes on: asked until it is empty.
    private static async Task<HttpResponseMessage> RefusedAsync(Func<Task<HttpResponseMessage>> send)
    {
        HttpResponseMessage? answer = null;
        await Eventually.TrueAsync(async () => (answer = await send()).StatusCode == HttpStatusCode.TooManyRequests, Token);
        return answer!;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestApp app, string from, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(RemoteAddress.Header, from);
        return await app.Anonymous().SendAsync(request, Token);
    }
}
