using System.Text;
using System.Text.Json;
using FluxRestful.Api.Idempotency;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Idempotency;

public sealed class IdempotencyTests
{
    private const string Path = "/api/v1/jobs";
    private const string Held = """{"command": ["true"], "urgency": 0}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_request_gets_the_first_answer_again()
    {
        await using var app = await ApiApp.StartAsync();

        var first = await PostAsync(app.Alice, "a-key", Held);
        var again = await PostAsync(app.Alice, "a-key", Held);

        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        Assert.Equal((201, 201), ((int)first.StatusCode, (int)again.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(1, await CountAsync(app));
    }

    [Fact]
    public async Task Another_request_with_the_key_is_refused()
    {
        await using var app = await ApiApp.StartAsync();
        await PostAsync(app.Alice, "a-key", Held, 201);

        var problem = await PostAsync(app.Alice, "a-key", """{"command": ["false"], "urgency": 0}""", 422);

        Assert.Equal("urn:flux-restful:problem:idempotency-key-reused", problem.GetProperty("type").GetString());
        Assert.Equal(1, await CountAsync(app));
    }

    [Fact]
    public async Task A_key_means_something_for_one_tenant_on_one_route()
    {
        await using var app = await ApiApp.StartAsync();

        await PostAsync(app.Alice, "a-key", Held, 201);
        await PostAsync(app.Bob, "a-key", """{"command": ["false"], "urgency": 0}""", 201);
        await PostAsync(app.Alice, "a-key", """{"job": {"command": ["true"], "urgency": 0}}""", 207, "/bulk");

        Assert.Equal(2, await CountAsync(app));
    }

    [Fact]
    public async Task A_bulk_is_answered_again_too()
    {
        await using var app = await ApiApp.StartAsync();
        const string Body = """{"jobs": [{"command": ["true"], "urgency": 0}, {"command": ["true"], "tasks": 0}]}""";

        var first = await PostAsync(app.Alice, "a-key", Body, 207, "/bulk");
        var again = await PostAsync(app.Alice, "a-key", Body, 207, "/bulk");

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(1, await CountAsync(app));
    }

    [Fact]
    public async Task A_hundred_at_once_make_one_job()
    {
        await using var app = await ApiApp.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostAsync(app.Alice, "a-key", Held)));

        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, (int[])[201, 409]));
        var ids = await Task.WhenAll(answers.Where(answer => (int)answer.StatusCode == 201).Select(answer => answer.Content.ReadAsStringAsync(Ct)));
        Assert.Single(ids.Distinct());
        Assert.Equal(1, await CountAsync(app));
    }

    [Fact]
    public async Task While_the_first_is_being_done_the_second_is_told_so()
    {
        await using var proxy = new CutProxy();
        await using var app = await StartAsync(proxy);
        await PostAsync(app.Alice, "warm", Held, 201);
        proxy.Freeze();

        var first = PostAsync(app.Alice, "a-key", Held, 201);
        await Eventually.TrueAsync(() => CountAtBrokerAsync(proxy, 2), Ct);
        var second = await PostAsync(app.Alice, "a-key", Held);
        var other = await PostAsync(app.Alice, "a-key", """{"command": ["false"], "urgency": 0}""");
        proxy.Thaw();
        await first;

        Assert.Equal(409, (int)second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
        Assert.True((await ApiApp.ReadAsync(second, 409)).GetProperty("retryable").GetBoolean());
        Assert.Equal(422, (int)other.StatusCode);
        Assert.Equal(2, await CountAsync(app));
    }

    [Fact]
    public async Task A_refused_request_leaves_the_key_unused()
    {
        await using var app = await ApiApp.StartAsync();

        await PostAsync(app.Alice, "a-key", """{"command": ["true"], "tasks": 0}""", 400);
        await PostAsync(app.Alice, "a-key", """{"command": ["true"], "queue": "none"}""", 400);
        await PostAsync(app.Alice, "a-key", "no json", 400);
        await PostAsync(app.Alice, "a-key", Held, 200, "?dryRun=true");
        await PostAsync(app.Alice, "a-key", Held, 201);

        Assert.Equal(1, await CountAsync(app));
    }

    [Theory]
    [InlineData("with a blank")]
    [InlineData("nön-ascii")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        await using var app = await ApiApp.StartAsync();

        await PostAsync(app.Alice, key, Held, 400);
        await PostAsync(app.Alice, new string('k', 256), Held, 400);
        await PostAsync(app.Alice, new string('k', 255), Held, 201);

        Assert.Equal(1, await CountAsync(app));
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var app = await ApiApp.StartAsync(new TestApp());
        var keys = ActivatorUtilities.CreateInstance<IdempotencyKeys>(app.App.Services, time);
        var scope = new KeyScope(TenantId(app), "POST /x", "a-key");

        var first = await keys.ClaimAsync(scope, "1", Ct);
        await keys.CompleteAsync(scope, new KeyAnswer(201, "/x/1", "application/json", "{}"u8.ToArray()), Ct);
        time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await keys.SweepAsync(Ct));
        Assert.Equal("/x/1", (await keys.ClaimAsync(scope, "1", Ct)).Answer!.Location);
        time.Advance(TimeSpan.FromHours(2));
        var again = await keys.ClaimAsync(scope, "2", Ct);
        await keys.CompleteAsync(scope, new KeyAnswer(201, null, null, []), Ct);

        Assert.Equal((KeyClaim.Kinds.Granted, false), (again.Kind, again.IsRepeated));
        Assert.NotEqual(first.Attempt, again.Attempt);
        time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await keys.SweepAsync(Ct));
    }

    [Fact]
    public async Task A_tenant_has_so_many_keys_and_no_more()
    {
        await using var app = await ApiApp.StartAsync(("Idempotency:MostOfTenant", "2"));

        await PostAsync(app.Alice, "1", Held, 201);
        await PostAsync(app.Alice, "2", """{"command": ["true"], "tasks": 0}""", 400);
        await PostAsync(app.Alice, "2", Held, 201);
        await PostAsync(app.Alice, "3", Held, 429);
        await PostAsync(app.Bob, "3", Held, 201);
        await PostAsync(app.Alice, "1", Held, 201);

        Assert.Equal(2, await CountAsync(app));
    }

    [Fact]
    public async Task Answers_lie_closed_in_the_database()
    {
        await using var app = await ApiApp.StartAsync();

        var id = (await PostAsync(app.Alice, "a-key", Held, 201)).GetProperty("id").GetString()!;

        using var db = app.App.OpenDatabase();
        var row = Assert.Single(db.IdempotencyKeys);
        Assert.DoesNotContain(id, Encoding.Latin1.GetString(row.Body!), StringComparison.Ordinal);
        Assert.False(new AnswerSeal(new byte[32]).TryOpen(new KeyScope(row.TenantId, row.Route, row.Key), row.Body, out _));
        Assert.False(app.App.Services.GetRequiredService<AnswerSeal>().TryOpen(new KeyScope(row.TenantId, row.Route, "another"), row.Body, out _));
    }

    internal static async Task<JsonElement> PostAsync(HttpClient client, string key, string body, int status, string more = "") =>
        await ApiApp.ReadAsync(await PostAsync(client, key, body, more), status);

    internal static async Task<HttpResponseMessage> PostAsync(HttpClient client, string key, string body, string more = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path + more) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request, Ct);
    }

    internal static async Task<int> CountAsync(ApiApp app) =>
        (await RestfulApp.GetAsync(app.App.ClientFor("alice"), "/v1/jobs")).GetProperty("jobs").GetArrayLength();

    private static async Task<ApiApp> StartAsync(CutProxy proxy) => await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", await proxy.StartAsync(Ct)));

    private static async Task<bool> CountAtBrokerAsync(CutProxy proxy, int count) => (await proxy.JobsAsync(Ct)).Count == count;

    private static int TenantId(ApiApp app)
    {
        using var db = app.App.OpenDatabase();
        return db.Tenants.Single(tenant => tenant.Name == "alice").Id;
    }
}
