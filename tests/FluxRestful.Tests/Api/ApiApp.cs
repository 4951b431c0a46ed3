using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api;

/// <summary>
/// The whole server with an embedded broker, two tenants and one of each other role, and clients for <c>/api/v1</c>. Every answer that a client
/// gets is checked against the API's own document.
/// </summary>
internal sealed class ApiApp : IAsyncDisposable
{
    internal const string Password = "a password of length";

    // The document is the same whatever the settings: the first server's is held against the answers of all.
    private static readonly SemaphoreSlim Reading = new(1, 1);
    private static ApiContract? _contract;

    private ApiApp(TestApp app) => App = app;

    internal TestApp App { get; }

    internal HttpClient Alice => field ??= ClientFor("alice");

    internal HttpClient Bob => field ??= ClientFor("bob");

    internal HttpClient Viewer => field ??= ClientFor("vera");

    internal HttpClient Operator => field ??= ClientFor("oscar");

    internal HttpClient Superuser => field ??= ClientFor(TestApp.Superuser);

    /// <summary>With an embedded broker of its own.</summary>
    internal static Task<ApiApp> StartAsync(params (string Name, string? Value)[] settings) =>
        StartAsync(new TestApp(), [.. TestBroker.Settings, .. settings]);

    /// <summary>A server that somebody has prepared; the broker is as its settings say.</summary>
    internal static async Task<ApiApp> StartAsync(TestApp app, params (string Name, string? Value)[] settings)
    {
        foreach (var (name, value) in settings)
        {
            app.Settings[name] = value;
        }

        var accounts = app.Services.GetRequiredService<TenantAccounts>();
        foreach (var (name, role) in ((string, Role)[])[("alice", Role.User), ("bob", Role.User), ("vera", Role.Viewer), ("oscar", Role.Operator)])
        {
            await accounts.AddAsync(name, Password, role, CancellationToken.None);
        }

        return new ApiApp(app);
    }

    /// <summary>The tenant with an access token.</summary>
    internal HttpClient ClientFor(string name)
    {
        using var db = App.OpenDatabase();
        var tenant = TenantRow.Of(db.Tenants.Single(row => row.Name == name));
        return With(new AuthenticationHeaderValue("Bearer", App.Services.GetRequiredService<AccessTokens>().Issue(tenant)));
    }

    /// <summary>Somebody with this Authorization header; null: without one.</summary>
    internal HttpClient With(AuthenticationHeaderValue? authorization)
    {
        var client = new HttpClient(new ApiContractHandler(ReadContractAsync) { InnerHandler = App.Server.CreateHandler() })
        {
            BaseAddress = App.Server.BaseAddress,
        };
        client.DefaultRequestHeaders.Authorization = authorization;
        return client;
    }

    internal static async Task<JsonElement> GetAsync(HttpClient client, string path, int status = 200) =>
        await ReadAsync(await client.GetAsync(path, TestContext.Current.CancellationToken), status);

    internal static async Task<JsonElement> PostAsync(HttpClient client, string path, object body, int status = 200) =>
        await ReadAsync(await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken), status);

    /// <summary>The body of an answer that must have this status.</summary>
    internal static async Task<JsonElement> ReadAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private async Task<ApiContract> ReadContractAsync(CancellationToken cancellationToken)
    {
        await Reading.WaitAsync(cancellationToken);
        try
        {
            return _contract ??= await ApiContract.ReadAsync(App.Anonymous(), cancellationToken);
        }
        finally
        {
            Reading.Release();
        }
    }
}
