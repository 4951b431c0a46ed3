using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FluxRestful.Api.Settings;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Passwords;

public sealed class PasswordFloodTests
{
    private const int Guesses = 500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_wrong_passwords_at_once_do_not_keep_a_token_from_being_served()
    {
        await using var app = new TestApp
        {
            ConfigureServices = services =>
            {
                RemoteAddress.Add(services);
                // As slow as in earnest: with a work factor of 4 there is nothing to starve of.
                services.AddSingleton(provider => ServerOptionsReader.Read(provider.GetRequiredService<IConfiguration>()) with { PasswordCost = 11 });
            },
        };
        await app.AddTenantAsync("alice", "password");
        using var alice = app.ClientFor("alice");
        var flood = Task.WhenAll(Enumerable.Range(0, Guesses).Select(guess => GuessAsync(app, guess)));
        for (var request = 0; request < 20; request++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await alice.GetAsync("/v1/x", Token)).StatusCode);
        }

        // They were served while the guesses were still being looked at.
        Assert.False(flood.IsCompleted);
        var answers = await flood;
        Assert.All(answers, status => Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.ServiceUnavailable, status.ToString()));
        Assert.Contains(HttpStatusCode.Unauthorized, answers);
        Assert.Contains(HttpStatusCode.ServiceUnavailable, answers);
    }

    // Of an account and an address of its own each: no brake holds, and BCrypt is all there is between.
    private static async Task<HttpStatusCode> GuessAsync(TestApp app, int guess)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/jobs");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"name{guess}:guess")));
        request.Headers.Add(RemoteAddress.Header, $"192.0.{guess / 250}.{guess % 250}");
        return (await app.Anonymous().SendAsync(request, Token)).StatusCode;
    }
}
