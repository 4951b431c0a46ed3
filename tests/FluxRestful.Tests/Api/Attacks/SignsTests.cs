using System.Text;
using System.Text.Json;

namespace FluxRestful.Tests.Api.Attacks;

/// <summary>Signs that mean something to a database, a pattern, a shell or a path, in every text that is searched for or looked up.</summary>
public sealed class SignsTests
{
    private static readonly string[] Signs =
    [
        "' OR '1'='1", "\"; DROP TABLE Tenants; --", "%", "_", "%' ESCAPE '\\", "[", "(a+)+$", ".*", "\\", "\\Q", "^$", "?", "a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "<>\"", "$(id)", "`id`",
        "../../etc/passwd", "\u0000", "\r\nX: y", "\u202e", "\ud83d\udca9", "e\u0301", "ＡＬＩＣＥ", "１２３", "-1", "99999999999999999999999999", "NaN", "1e400", new string('*', 500) + "b",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_sign_in_a_filter_finds_more_than_it_says_or_breaks_anything()
    {
        await using var app = await ApiApp.StartAsync(("RateLimits:TenantPerSecond", "0"), ("RateLimits:AddressPerSecond", "0"));
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"], name = "alices", urgency = 0 }, 201);
        await ApiApp.PostAsync(app.Bob, "/api/v1/jobs", new { command = (string[])["true"], name = new string('a', 200), urgency = 0 }, 201);
        var wrong = new List<string>();
        foreach (var (path, members) in ((string, string[])[])
            [
                ("/api/v1/jobs", ["name", "queue", "node", "text", "owner", "scope", "state", "result", "since", "until", "sort", "cursor", "fields", "limit"]),
                ("/api/v1/audit", ["actor", "action", "target", "result", "address", "since", "until", "cursor", "limit"]),
                ("/api/v1/users", ["after", "role", "disabled", "limit"]),
                ("/v1/jobs/search", ["search", "sort", "order", "start", "length", "draw"]),
                ("/v1/jobs", ["details", "limit", "listing"]),
            ])
        {
            foreach (var member in members)
            {
                wrong.AddRange((await Task.WhenAll(Signs.Select(sign => AskAsync(app, $"{path}?{member}={Uri.EscapeDataString(sign)}")))).OfType<string>());
            }
        }

        // The test server's own client sends no NUL in a path; PathTests do.
        foreach (var sign in Signs.Where(sign => !sign.Contains('\0', StringComparison.Ordinal)))
        {
            wrong.AddRange(new[] { await AskAsync(app, $"/api/v1/users/{Uri.EscapeDataString(sign)}"), await AskAsync(app, $"/api/v1/queues/{Uri.EscapeDataString(sign)}") }.OfType<string>());
            var found = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/cancel", new { filter = new { text = sign, owner = "bob" }, dryRun = true }, 207);
            Assert.Equal(0, found.GetProperty("items").GetArrayLength());
        }

        Assert.Empty(wrong);
        // All that is there is still there.
        Assert.Equal(1, (await ApiApp.GetAsync(app.Alice, "/api/v1/jobs")).GetProperty("matching").GetInt32());
        Assert.Equal(5, (await ApiApp.GetAsync(app.Superuser, "/api/v1/users")).GetProperty("users").GetArrayLength());
    }

    [Fact]
    public async Task A_line_break_in_a_text_is_refused_or_stays_within_it()
    {
        await using var app = await ApiApp.StartAsync();
        const string forged = "x\r\nSet-Cookie: a=b\r\n\r\n2026-01-01 forged";
        var id = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"], name = forged, urgency = 0 }, 201)).GetProperty("id").GetString();
        Assert.Equal(forged, (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}")).GetProperty("name").GetString());
        foreach (var (client, method, path, body) in ((HttpClient, string, string, object?)[])
            [
                (app.Alice, "GET", $"/api/v1/jobs/{id}", null),
                (app.Alice, "GET", $"/v1/jobs/{id}", null),
                (app.Alice, "GET", $"/jobs/{id}", null),
                (app.Superuser, "POST", "/api/v1/users", new { name = forged }),
                (app.Operator, "POST", "/api/v1/nodes/drain", new { targets = "7", reason = forged }),
                (app.Operator, "POST", "/api/v1/queues/default/stop", new { reason = forged }),
                (app.Operator, "POST", "/api/v1/queues/default/start", null),
                (app.Alice, "DELETE", $"/api/v1/jobs/{id}?reason={Uri.EscapeDataString(forged)}", null),
                (app.Alice, "GET", $"/api/v1/jobs/{Uri.EscapeDataString(forged)}", null),
                (app.Alice, "GET", $"/job/{Uri.EscapeDataString(forged)}", null),
                (app.Alice, "GET", $"/nowhere?return={Uri.EscapeDataString(forged)}", null),
            ])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
            };
            foreach (var header in (string[])["traceparent", "X-Request-Id", "Idempotency-Key"])
            {
                request.Headers.TryAddWithoutValidation(header, "00-\u0001\u007fSet-Cookie: a=b");
            }

            using var answer = await client.SendAsync(request, Token);
            Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
            Assert.DoesNotContain(answer.Headers.Concat(answer.Content.Headers), header =>
                header.Value.Any(value => value.StartsWith("a=b", StringComparison.Ordinal) || value.AsSpan().ContainsAny('\r', '\n')));
        }

        var audit = File.ReadAllLines(Directory.GetFiles(app.App.DataDirectory, "*.jsonl", SearchOption.AllDirectories).Single());
        Assert.All(audit, line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
        Assert.DoesNotContain(audit, line => line.StartsWith("2026-01-01 forged", StringComparison.Ordinal));
    }

    // What is wrong with the answer; null if nothing is.
    private static async Task<string?> AskAsync(ApiApp app, string path)
    {
        using var theirs = await app.Alice.GetAsync(path, Token);
        using var all = await app.Superuser.GetAsync(path, Token);
        var seen = await theirs.Content.ReadAsStringAsync(Token);
        return (int)theirs.StatusCode >= 500 || (int)all.StatusCode >= 500 ? $"{path}: {theirs.StatusCode}, {all.StatusCode}"
            : seen.Contains(new string('a', 100), StringComparison.Ordinal) ? $"{path} shows Bob's job"
            : null;
    }
}
