using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Api.Access.Matrix;
using FluxRestful.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Attacks;

/// <summary>Who is there, and who has which password, is not to be had by asking often.</summary>
public sealed partial class EnumerationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Doors => ["basic", "basic of the dialect", "payload", "form of the dialect", "token", "form"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_unknown_name_a_wrong_password_and_a_disabled_account_look_the_same(string door)
    {
        await using var app = await ApiApp.StartAsync(
            new TestApp { Settings = { ["FLUX_URI"] = null, ["Broker:Mode"] = "embedded" }, ConfigureServices = RemoteAddress.Add });
        await app.App.AddTenantAsync("dora", ApiApp.Password);
        await app.App.Services.GetRequiredService<TenantAccounts>().SetDisabledAsync("dora", true, Token);

        var wrong = await KnockAsync(app, door, "alice", "a wrong password", "192.0.2.1");
        Assert.Equal(wrong, await KnockAsync(app, door, "nobody", "a wrong password", "192.0.2.2"));
        Assert.Equal(wrong, await KnockAsync(app, door, "dora", "a wrong password", "192.0.2.3"));
        Assert.Equal(wrong, await KnockAsync(app, door, "ALICE", ApiApp.Password, "192.0.2.4"));
        Assert.Equal(wrong, await KnockAsync(app, door, "ａlice", ApiApp.Password, "192.0.2.5"));
        Assert.Equal(wrong, await KnockAsync(app, door, "alice\u0301", ApiApp.Password, "192.0.2.6"));
        Assert.Equal(wrong, await KnockAsync(app, door, " alice", ApiApp.Password, "192.0.2.8"));
        Assert.Equal(wrong, await KnockAsync(app, door, "alice' OR '1'='1", ApiApp.Password, "192.0.2.9"));
        Assert.NotEqual(wrong, await KnockAsync(app, door, "alice", ApiApp.Password, "192.0.2.10"));
    }

    [Fact]
    public async Task Whoever_tries_one_password_on_many_accounts_is_stopped_at_every_door_and_nobody_else_is()
    {
        // Time stands still: otherwise a slow machine ends the waits.
        await using var app = await ApiApp.StartAsync(
            new TestApp { Time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)), ConfigureServices = RemoteAddress.Add });
        const string spraying = "198.51.100.7";
        var tried = 0;
        var stopped = 0;
        foreach (var door in (string[])[.. Doors.Select(row => row.Data), .. Doors.Select(row => row.Data), .. Doors.Select(row => row.Data)])
        {
            var answer = await KnockAsync(app, door, $"name{tried++}", "Spring2026!", spraying);
            stopped += answer.Contains("Retry-After:", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(tried - FailureBrake.FreeFailures, stopped);
        Assert.Contains("Retry-After:", await KnockAsync(app, "basic", "alice", "guess", spraying), StringComparison.Ordinal);
        Assert.StartsWith("200", await KnockAsync(app, "basic", "alice", ApiApp.Password, "203.0.113.1"), StringComparison.Ordinal);
        await ApiApp.GetAsync(app.Bob, "/api/v1/account");
    }

    [Fact]
    public async Task A_name_that_nobody_has_costs_the_database_no_more_questions_than_one_that_somebody_has()
    {
        // Time stands still: what was read once is fresh, and the brakes hold.
        await using var app = await ApiApp.StartAsync(new TestApp { Time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)), ConfigureServices = RemoteAddress.Add });
        using var database = new DatabaseQuestions(app.App.Services.GetRequiredService<IHttpContextAccessor>(), app.App.DataDirectory);
        foreach (var name in (string[])["alice", "nobody"])
        {
            // From addresses of their own: it is the account's brake that holds.
            for (var knock = 0; knock <= FailureBrake.FreeFailures; knock++)
            {
                await KnockAsync(app, "basic", name, $"guess {knock}", $"192.0.2.{knock}");
            }

            var before = database.Count;
            Assert.Contains("Retry-After:", await KnockAsync(app, "basic", name, "another guess", "192.0.2.200"), StringComparison.Ordinal);
            Assert.Equal(before, database.Count);
        }
    }

    private static async Task<string> KnockAsync(ApiApp app, string door, string name, string password, string from)
    {
        using var client = app.With(null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/login/access-token");
        request.Headers.Add(RemoteAddress.Header, from);
        switch (door)
        {
            case "payload":
                request.RequestUri = new Uri("/v1/token", UriKind.Relative);
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Bearer", Jwt.Sign($$"""{"user":{{System.Text.Json.JsonSerializer.Serialize(name)}},"pass":"{{password}}","scope":"token"}""", TestApp.SecretKey));
                break;
            case "form of the dialect":
                request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["username"] = name, ["password"] = password });
                break;
            case "token":
                request.RequestUri = new Uri("/api/v1/token", UriKind.Relative);
                request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = name, ["password"] = password });
                break;
            case "form":
                using (var page = await client.GetAsync("/login", Token))
                {
                    request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
                    request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
                    {
                        ["name"] = name,
                        ["password"] = password,
                        ["__RequestVerificationToken"] = FormToken().Match(await page.Content.ReadAsStringAsync(Token)).Groups[1].Value,
                    });
                }

                request.RequestUri = new Uri("/login", UriKind.Relative);
                break;
            default:
                request.Method = HttpMethod.Get;
                request.RequestUri = new Uri(door == "basic" ? "/api/v1/account" : "/v1/jobs", UriKind.Relative);
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
                break;
        }

        using var answer = await client.SendAsync(request, Token);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
        var seen = $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n\n{await answer.Content.ReadAsStringAsync(Token)}";
        // The form shows the name that was typed.
        return answer.StatusCode is HttpStatusCode.OK ? seen
            : Once().Replace(seen, "").Replace(HtmlEncoder.Default.Encode(name), "NAME", StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"|CfDJ8[A-Za-z0-9_-]+|Content-Length: [0-9]+|data-now=\"[0-9]+\"|[0-9-]{10} [0-9:]{8} UTC")]
    private static partial Regex Once();
}
