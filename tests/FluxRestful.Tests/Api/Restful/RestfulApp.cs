using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Restful;

/// <summary>The whole server with an embedded broker, a superuser and two tenants, and the sentences that tests about jobs are made of.</summary>
internal sealed class RestfulApp : IAsyncDisposable
{
    internal const string Password = "a password of length";

    private RestfulApp(TestApp app) => App = app;

    internal TestApp App { get; }

    internal HttpClient Alice { get; private set; } = null!;

    internal HttpClient Bob { get; private set; } = null!;

    internal HttpClient Superuser { get; private set; } = null!;

    /// <summary>With an embedded broker of its own.</summary>
    internal static Task<RestfulApp> StartAsync(params (string Name, string? Value)[] settings) =>
        StartAsync(new TestApp(), [.. TestBroker.Settings, .. settings]);

    /// <summary>With a broker that somebody else keeps.</summary>
    internal static Task<RestfulApp> StartAsync(string uri, string? dataDirectory = null, TimeProvider? time = null, params (string Name, string? Value)[] settings) =>
        StartAsync(new TestApp { KeptDataDirectory = dataDirectory, Time = time }, [("FLUX_URI", uri), .. settings]);

    private static async Task<RestfulApp> StartAsync(TestApp app, (string Name, string? Value)[] settings)
    {
        foreach (var (name, value) in settings)
        {
            app.Settings[name] = value;
        }

        foreach (var name in (string[])["alice", "bob"])
        {
            await app.Services.GetRequiredService<TenantAccounts>().AddAsync(name, Password, Role.User, CancellationToken.None);
        }

        return new RestfulApp(app)
        {
            Alice = app.ClientFor("alice"),
            Bob = app.ClientFor("bob"),
            Superuser = app.ClientFor(TestApp.Superuser),
        };
    }

    internal static async Task<ulong> SubmitAsync(HttpClient client, string command, string more = "")
    {
        var response = await client.PostAsync($"/v1/jobs/submit?command={Uri.EscapeDataString(command)}{more}", null);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, answer.GetRawText());
        return answer.GetProperty("id").GetUInt64();
    }

    internal static async Task<JsonElement> GetAsync(HttpClient client, string path, int status = 200)
    {
        var response = await client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }

    internal static async Task<JsonElement> PostAsync(HttpClient client, string path, HttpContent? body = null, int status = 200)
    {
        var response = await client.PostAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>Waits until the job is in this state; answers it.</summary>
    internal static async Task<JsonElement> WaitAsync(HttpClient client, ulong id, string state)
    {
        var job = await GetAsync(client, $"/v1/jobs/{id}");
        await Eventually.TrueAsync(async () => (job = await GetAsync(client, $"/v1/jobs/{id}")).GetProperty("state").GetString() == state, CancellationToken.None);
        return job;
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();
}
