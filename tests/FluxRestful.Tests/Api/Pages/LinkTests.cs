using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Tests.Api.Pages;

/// <summary>Follows every link that a page has, as a browser that fetches ahead or a search engine would.</summary>
public sealed partial class LinkTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>";
    private const int MostWords = 600;

    [Fact]
    public async Task Every_link_leads_to_a_page_of_ours_and_none_changes_anything()
    {
        await using var api = await ApiApp.StartAsync();
        await ApiApp.PostAsync(api.Alice, "/api/v1/jobs", new { command = (string[])["echo", Hostile], name = Hostile, environment = new { NOTE = Hostile } }, 201);
        await ApiApp.PostAsync(api.Alice, "/api/v1/jobs", new { command = (string[])["true"], name = "held", urgency = 0 }, 201);
        var running = await ApiApp.PostAsync(api.Alice, "/api/v1/jobs", new { command = (string[])["sleep", "600"], name = "running" }, 201);
        await ApiApp.PostAsync(api.Superuser, "/api/v1/jobs", new { command = (string[])["false"], name = "failed" }, 201);
        var settled = await SettledAsync(api);

        var seen = await FollowAsync(api.Superuser);

        Assert.Contains($"/jobs/{running.GetProperty("id").GetString()}?tab=events", seen);
        Assert.Contains("/admin/users/alice", seen);
        Assert.Contains("/admin/system", seen);
        Assert.Contains("/account/tokens", seen);
        Assert.InRange(seen.Count, 40, MostWords);
        Assert.Equal(settled, await StateAsync(api));
    }

    private static async Task<IReadOnlyCollection<string>> FollowAsync(HttpClient client)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var waiting = new Queue<string>(seen);
        while (waiting.TryDequeue(out var path))
        {
            using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 400, $"{path}: {answer.StatusCode}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Hostile, html, StringComparison.Ordinal);
            foreach (Match link in Link().Matches(html))
            {
                var to = WebUtility.HtmlDecode(link.Groups[1].Value).Split('#')[0];
                Assert.True(to.Length == 0 || to[0] is '/' or '?' || to.StartsWith("data:", StringComparison.Ordinal), $"{path} leads away, to {to}");
                var target = to is ['?', ..] ? path.Split('?')[0] + to : to;
                // The list's address puts words for columns, tabs and pages together in any number of ways: each word once is enough.
                if (target is ['/', ..] && Words(target).Where(seen.Add).ToList() is { Count: > 0 })
                {
                    Assert.True(seen.Count < MostWords, "The links never end.");
                    waiting.Enqueue(target);
                }
            }
        }

        return seen;
    }

    /// <summary>A path, and the path with each of the words behind it.</summary>
    private static IEnumerable<string> Words(string target) => target.Split('?') is [var path, var query]
        ? query.Split('&').Where(word => !word.StartsWith("cursor=", StringComparison.Ordinal)).Select(word => $"{path}?{word}")
        : [target];

    /// <summary>What there is, once nothing changes by itself any more.</summary>
    private static async Task<string> SettledAsync(ApiApp api)
    {
        await Eventually.TrueAsync(async () =>
        {
            var counts = (await ApiApp.GetAsync(api.Superuser, "/api/v1/jobs?scope=all")).GetProperty("counts");
            return counts.GetProperty("running").GetInt32() == 1 && counts.GetProperty("completed").GetInt32() == 1 && counts.GetProperty("failed").GetInt32() == 1;
        }, TestContext.Current.CancellationToken);
        return await StateAsync(api);
    }

    private static async Task<string> StateAsync(ApiApp api)
    {
        var jobs = await ApiApp.GetAsync(api.Superuser, "/api/v1/jobs?scope=all&sort=id&fields=id,name,state,result,urgency");
        var queues = await ApiApp.GetAsync(api.Superuser, "/api/v1/queues");
        await using var db = api.App.OpenDatabase();
        var tenants = await db.Tenants.AsNoTracking().OrderBy(row => row.Id).Select(row => new { row.Name, row.Role, row.IsDisabled }).ToListAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Serialize(new
        {
            jobs,
            queues,
            tenants,
            Tokens = await db.PersonalTokens.CountAsync(TestContext.Current.CancellationToken),
            Sessions = await db.BrowserSessions.CountAsync(TestContext.Current.CancellationToken),
            Presets = await db.SubmitPresets.CountAsync(TestContext.Current.CancellationToken),
        });
    }

    [GeneratedRegex("""\s(?:href|src|hx-get|data-part)="([^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Link();
}
