using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluxRestful.Api.Access;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Access.Matrix;

/// <summary>A server with a tenant of each role, something of each tenant's own, and something of somebody else's.</summary>
public sealed partial class MatrixApp : IAsyncLifetime
{
    private const string Stranger = "stranger";
    internal const string UnknownJob = "f9999999";

    private readonly Dictionary<string, string> _ended = [];
    private readonly Dictionary<string, string> _narrowed = [];
    private ApiApp _app = null!;
    private int _made;

    /// <summary>The address of a broker that somebody else keeps; null: an embedded one.</summary>
    internal string? Broker { get; init; }

    internal ApiApp Api => _app;

    /// <summary>A job of the stranger's that has ended.</summary>
    internal string StrangersJob => _ended[Stranger];

    internal HttpClient Anonymous => _app.With(null);

    public async ValueTask InitializeAsync()
    {
        (string, string?)[] broker = Broker is null ? [("FLUX_URI", null), ("Broker:Mode", "embedded")] : [("FLUX_URI", Broker)];
        _app = await ApiApp.StartAsync(new TestApp(), [("RateLimits:TenantPerSecond", "0"), ("RateLimits:AddressPerSecond", "0"), .. broker]);
        await using (var db = _app.App.OpenDatabase())
        {
            // An id of one digit is found in every drawing of a page.
            await db.Database.ExecuteSqlRawAsync("INSERT INTO sqlite_sequence (name, seq) VALUES ('PersonalTokens', 71000), ('BrowserSessions', 71000)");
        }

        var accounts = _app.App.Services.GetRequiredService<TenantAccounts>();
        foreach (var name in (string[])["vera", "alice", "oscar", TestApp.Superuser, Stranger])
        {
            if (name == Stranger)
            {
                await accounts.AddAsync(name, ApiApp.Password, Role.User, CancellationToken.None);
            }

            // A viewer's jobs are from the time before.
            await accounts.ChangeAsync(name, new TenantChange { Role = name == "vera" ? Role.User : null }, null, null, CancellationToken.None);
            _ended[name] = await SubmitAsync(name, """{"command":["echo","hello"]}""");
            await Eventually.TrueAsync(
                async () => (await ApiApp.GetAsync(_app.ClientFor(name), $"/api/v1/jobs/{_ended[name]}")).GetProperty("state").GetString() == "INACTIVE",
                CancellationToken.None);
        }

        await accounts.ChangeAsync("vera", new TenantChange { Role = Role.Viewer }, null, null, CancellationToken.None);
    }

    /// <summary>Whoever has this role; a fresh token each time, for some requests end those that are there.</summary>
    internal HttpClient ClientOf(Role role) => _app.ClientFor(NameOf(role));

    /// <summary>The superuser with a personal token of one scope.</summary>
    internal async Task<HttpClient> NarrowedAsync(string scope)
    {
        if (!_narrowed.TryGetValue(scope, out var token))
        {
            token = _narrowed[scope] = (await MakeTokenAsync(TestApp.Superuser, scope)).GetProperty("token").GetString()!;
        }

        return _app.With(new AuthenticationHeaderValue("Bearer", token));
    }

    internal static string NameOf(Role role) => role switch
    {
        Role.Viewer => "vera",
        Role.User => "alice",
        Role.Operator => "oscar",
        _ => TestApp.Superuser,
    };

    /// <summary>What the request is to be about: one's own, somebody else's, or nothing that is there. What a request may change is made for it.</summary>
    internal async Task<string> ObjectAsync(RouteRow row, Role asking, Whose whose)
    {
        var name = whose == Whose.Own ? NameOf(asking) : Stranger;
        return (row.Kind, whose) switch
        {
            (ObjectKind.Job, Whose.Nobodys) => UnknownJob,
            (ObjectKind.Job, _) => row.IsRead || name == "vera" ? _ended[name] : await SubmitAsync(name, """{"command":["true"],"urgency":0,"duration":"5m"}"""),
            (ObjectKind.User, Whose.Own) => name,
            (ObjectKind.User, Whose.Anothers) => row.IsRead ? Stranger : await AddTenantAsync(),
            (ObjectKind.User, _) => "nobody",
            (ObjectKind.Token, Whose.Nobodys) => "99999",
            (ObjectKind.Token, _) => (await MakeTokenAsync(name, "jobs:read")).GetProperty("info").GetProperty("id").GetRawText(),
            (ObjectKind.Session, Whose.Nobodys) => "99999",
            (ObjectKind.Session, _) => await BeginSessionAsync(name),
            (ObjectKind.Queue, Whose.Own) => "default",
            (ObjectKind.Node, Whose.Own) => "0",
            (ObjectKind.Node, _) => "99",
            _ => "unknown",
        };
    }

    /// <summary>All that the asker can see of the answer, without what differs from one request to the next.</summary>
    internal static async Task<string> SeenAsync(HttpResponseMessage answer, string id)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
        var text = $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n\n{await answer.Content.ReadAsStringAsync()}";
        return Regex.Replace(Once().Replace(text, ""), $@"\b{Regex.Escape(id)}\b", "ID");
    }

    /// <summary>Method and pattern of every route that the server has.</summary>
    internal IEnumerable<string> Routes() => _app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            .Select(method => $"{method} {Pattern(endpoint)}"))
        .Distinct().Order(StringComparer.Ordinal);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Pattern(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        return pattern is "/" or "/api/v1/" ? pattern : pattern.TrimEnd('/');
    }

    private async Task<string> SubmitAsync(string name, string job)
    {
        using var body = new StringContent(job, System.Text.Encoding.UTF8, "application/json");
        var answer = await ApiApp.ReadAsync(await _app.ClientFor(name).PostAsync("/api/v1/jobs", body), 201);
        return answer.GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> MakeTokenAsync(string name, string scope) => await ApiApp.PostAsync(
        _app.ClientFor(name), "/api/v1/account/tokens", new { name = "of the matrix", scopes = (string[])[scope], expiresInDays = 1 }, 201);

    private async Task<string> BeginSessionAsync(string name)
    {
        var services = _app.App.Services;
        var tenant = (await services.GetRequiredService<TenantDirectory>().FindAsync(name, CancellationToken.None))!;
        var session = await services.GetRequiredService<BrowserSessions>().BeginAsync(tenant, null, null, CancellationToken.None);
        return session.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<string> AddTenantAsync()
    {
        var name = $"somebody-{Interlocked.Increment(ref _made)}";
        await _app.App.AddTenantAsync(name, ApiApp.Password);
        return name;
    }

    // Ids of requests, and what guards a form.
    [GeneratedRegex("\"(traceId|instance|requestId)\":\"[^\"]*\"|<code>[0-9a-f]{32}</code>|CfDJ8[A-Za-z0-9_-]+|\\.AspNetCore\\.Antiforgery\\.[A-Za-z0-9_-]+|Content-Length: [0-9]+|data-now=\"[0-9]+\"|[0-9-]{10} [0-9:]{8} UTC")]
    private static partial Regex Once();
}

internal enum Whose
{
    Own,
    Anothers,
    Nobodys,
}
