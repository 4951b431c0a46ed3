using System.Net.Http.Json;
using System.Text;

namespace FluxRestful.Tests.Api.Tokens.Personal;

/// <summary><c>POST /api/v1/account/tokens</c> with an Idempotency-Key.</summary>
public sealed class PersonalTokenKeyTests
{
    private static readonly string[] JobsRead = ["jobs:read"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_made_once_and_told_again_to_its_tenant_alone()
    {
        await using var app = await ApiApp.StartAsync();
        var first = await CreateAsync(app.Alice);
        var again = await CreateAsync(app.Alice);
        var text = await first.Content.ReadAsStringAsync(Token);
        Assert.Equal((201, 201, text), ((int)first.StatusCode, (int)again.StatusCode, await again.Content.ReadAsStringAsync(Token)));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.All((HttpResponseMessage[])[first, again], answer => Assert.True(answer.Headers.CacheControl?.NoStore));
        Assert.Single((await ApiApp.GetAsync(app.Alice, "/api/v1/account/tokens")).GetProperty("tokens").EnumerateArray());
        Assert.NotEqual(text, await (await CreateAsync(app.Bob)).Content.ReadAsStringAsync(Token));
        var token = (await ApiApp.ReadAsync(first, 201)).GetProperty("token").GetString()!;
        Assert.DoesNotContain(
            Directory.GetFiles(app.App.DataDirectory), file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(token)) >= 0);
    }

    private static Task<HttpResponseMessage> CreateAsync(HttpClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/account/tokens") { Content = JsonContent.Create(new { name = "ci", scopes = JobsRead, expiresInDays = 1 }) };
        request.Headers.Add("Idempotency-Key", "key");
        return client.SendAsync(request, Token);
    }
}
