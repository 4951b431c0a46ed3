using System.Text;
using System.Text.Json;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Jobs.Submitting;

public sealed class BulkSubmitTests
{
    private const string Path = "/api/v1/jobs/bulk";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_of_many_has_its_own_result_in_the_order_of_the_request()
    {
        await using var app = await ApiApp.StartAsync();

        var answer = await BulkAsync(
            app,
            """
            {"jobs": [{"command": ["true"], "name": "first", "urgency": 0}, {"command": ["true"], "tasks": 0}, {"command": ["true"], "queue": "none"},
                      {"script": "echo"}, {"command": ["true"], "name": "last", "urgency": 0}]}
            """);

        Assert.Equal((2, 3), (answer.GetProperty("submitted").GetInt32(), answer.GetProperty("failed").GetInt32()));
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2, 3, 4], items.Select(item => item.GetProperty("index").GetInt32()));
        Assert.Equal([201, 400, 400, 400, 201], items.Select(item => item.GetProperty("status").GetInt32()));
        Assert.True(items[1].GetProperty("problem").GetProperty("errors").TryGetProperty("tasks", out _));
        Assert.Contains("'none' is not a valid queue", items[2].GetProperty("problem").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(items[3].GetProperty("problem").GetProperty("errors").TryGetProperty("script", out _));
        Assert.Equal("first", await NameAsync(app, items[0]));
        Assert.Equal("last", await NameAsync(app, items[4]));
        Assert.Equal(2, await CountAsync(app));
    }

    [Fact]
    public async Task A_thousand_of_one_job_are_a_thousand_jobs()
    {
        await using var app = await ApiApp.StartAsync();

        var answer = await BulkAsync(app, """{"job": {"command": ["true"], "urgency": 0}, "count": 1000}""");

        Assert.Equal(1000, answer.GetProperty("submitted").GetInt32());
        Assert.Equal(1000, answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(1000, await CountAsync(app));
    }

    [Theory]
    [InlineData("{}", "jobs")]
    [InlineData("""{"jobs": []}""", "jobs")]
    [InlineData("""{"jobs": [{"command": ["true"]}], "job": {"command": ["true"]}}""", "jobs")]
    [InlineData("""{"jobs": [{"command": ["true"]}], "count": 2}""", "count")]
    [InlineData("""{"job": {"command": ["true"]}, "count": 0}""", "count")]
    [InlineData("""{"job": {"command": ["true"]}, "count": 1001}""", "count")]
    [InlineData("""{"jobs": [{"command": ["true"]}, null]}""", "jobs[1]")]
    [InlineData("""{"jobs": [{"command": ["true"]}, {"command": ["true"], "nods": 2}]}""", "jobs[1].nods")]
    [InlineData("""{"jobs": [{"command": ["true"]}, {"command": ["true"], "tasks": "2"}]}""", "jobs[1].tasks")]
    [InlineData("""{"jobs": {}}""", "jobs")]
    public async Task A_malformed_envelope_submits_nothing(string body, string member)
    {
        await using var app = await ApiApp.StartAsync();

        var problem = await ApiApp.ReadAsync(await PostAsync(app.Alice, body), 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty(member, out _), problem.GetRawText());
        Assert.Equal(0, await CountAsync(app));
    }

    [Fact]
    public async Task More_than_a_thousand_are_refused()
    {
        await using var app = await ApiApp.StartAsync();

        var body = "{\"jobs\": [" + string.Join(',', Enumerable.Repeat("{\"command\":[\"true\"]}", 1001)) + "]}";
        await ApiApp.ReadAsync(await PostAsync(app.Alice, body), 400);

        Assert.Equal(0, await CountAsync(app));
    }

    [Fact]
    public async Task While_the_broker_is_away_nothing_is_lost_and_each_is_told()
    {
        await using var app = await ApiApp.StartAsync(new TestApp());

        await ApiApp.ReadAsync(await PostAsync(app.Alice, """{"job": {"command": ["true"]}, "count": 2}"""), 503);
        using var db = app.App.OpenDatabase();

        Assert.Empty(db.SubmittedJobs);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string body) =>
        client.PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"), Ct);

    private static async Task<JsonElement> BulkAsync(ApiApp app, string body) => await ApiApp.ReadAsync(await PostAsync(app.Alice, body), 207);

    private static async Task<string?> NameAsync(ApiApp app, JsonElement item) =>
        (await RestfulApp.GetAsync(app.App.ClientFor("alice"), $"/v1/jobs/{item.GetProperty("id").GetString()}")).GetProperty("name").GetString();

    private static async Task<int> CountAsync(ApiApp app) =>
        (await RestfulApp.GetAsync(app.App.ClientFor("alice"), "/v1/jobs")).GetProperty("jobs").GetArrayLength();
}
