using System.Net.Http.Json;
using System.Text;

namespace FluxRestful.Tests.Api.Tenants;

/// <summary><c>POST /api/v1/users</c> with an Idempotency-Key.</summary>
public sealed class UserKeyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_made_once_and_its_generated_password_is_told_again()
    {
        await using var app = await ApiApp.StartAsync();
        var first = await CreateAsync(app.Superuser, "key");
        var again = await CreateAsync(app.Superuser, "key");
        var text = await first.Content.ReadAsStringAsync(Token);
        Assert.Equal((201, 201, text), ((int)first.StatusCode, (int)again.StatusCode, await again.Content.ReadAsStringAsync(Token)));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));

        var password = (await ApiApp.ReadAsync(first, 201)).GetProperty("password").GetString()!;
        await ApiApp.GetAsync(app.With(new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"carol:{password}")))), "/api/v1/account");
        Assert.DoesNotContain(
            Directory.GetFiles(app.App.DataDirectory), file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(password)) >= 0);
    }

    [Fact]
    public async Task Another_key_makes_no_second_one_and_somebody_elses_key_tells_nothing()
    {
        await using var app = await ApiApp.StartAsync();
        await ApiApp.ReadAsync(await CreateAsync(app.Superuser, "key"), 201);
        await app.App.AddTenantAsync("second", ApiApp.Password, FluxRestful.Api.Access.Role.Superuser);
        foreach (var (client, key) in ((HttpClient, string)[])[(app.Superuser, "other"), (app.ClientFor("second"), "key")])
        {
            var problem = await ApiApp.ReadAsync(await CreateAsync(client, key), 409);
            Assert.Equal("urn:flux-restful:problem:user-exists", problem.GetProperty("type").GetString());
        }

        await ApiApp.ReadAsync(await CreateAsync(app.Alice, "key"), 403);
    }

    private static Task<HttpResponseMessage> CreateAsync(HttpClient client, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/users") { Content = JsonContent.Create(new { name = "carol" }) };
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Token);
    }
}
