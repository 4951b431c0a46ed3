using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Idempotency;

/// <summary>Requests with a key whose first answer was lost on its way: each makes one job, and the next request with the key gets it.</summary>
public sealed class InterruptedTests
{
    private const string Held = """{"command": ["true"], "urgency": 0}""";
    private const string Ten = """{"job": {"command": ["true"], "urgency": 0}, "count": 10}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", Held, 201, 1)]
    [InlineData("/bulk", Ten, 207, 10)]
    public async Task A_server_killed_between_the_brokers_yes_and_its_own_finds_the_jobs(string more, string body, int status, int count)
    {
        var data = Directory.CreateTempSubdirectory("flux-restful-killed-");
        try
        {
            await using var proxy = new CutProxy();
            var uri = await proxy.StartAsync(Ct);
            (string, string)[] environment =
                [("FLUX_USER", TestApp.Superuser), ("FLUX_TOKEN", TestApp.SuperuserPassword), ("FLUX_SECRET_KEY", TestApp.SecretKey), ("FLUX_RESTFUL_DATA", data.FullName)];
            await using (var first = ServerProcess.Start([.. environment, ("FLUX_URI", uri)]))
            {
                await first.ReadyAsync(Ct);
                using var client = ClientOf(first);
                await ReadAsync(await PostAsync(client, "warm", Held, ""), 201);
                proxy.Freeze();
                var lost = PostAsync(client, "a-key", body, more);
                await Eventually.TrueAsync(async () => (await proxy.JobsAsync(Ct)).Count == 1 + count, Ct);
                await first.SignalAsync("KILL", Ct);
                await Assert.ThrowsAnyAsync<HttpRequestException>(() => lost);
            }

            await using var second = ServerProcess.Start([.. environment, ("FLUX_URI", proxy.Direct)]);
            await second.ReadyAsync(Ct);
            using var again = ClientOf(second);
            var answer = await ReadAsync(await PostAsync(again, "a-key", body, more), status);
            var repeated = await ReadAsync(await PostAsync(again, "a-key", body, more), status);

            var jobs = (await proxy.JobsAsync(Ct)).Select(id => id.ToString()).ToHashSet();
            var ids = more.Length == 0
                ? [answer.GetProperty("id").GetString()!]
                : answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).ToList();
            Assert.Equal(1 + count, jobs.Count);
            Assert.Equal(count, ids.Distinct().Count());
            Assert.Subset(jobs, ids.ToHashSet());
            Assert.Equal(answer.GetRawText(), repeated.GetRawText());
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("", Held, 201, 1)]
    [InlineData("/bulk", Ten, 207, 10)]
    public async Task A_link_lost_before_the_answer_came_makes_nothing_twice(string more, string body, int status, int count)
    {
        await using var proxy = new CutProxy();
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", await proxy.StartAsync(Ct)));
        await IdempotencyTests.PostAsync(app.Alice, "warm", Held, 201);
        proxy.Freeze();

        var lost = IdempotencyTests.PostAsync(app.Alice, "a-key", body, more);
        await Eventually.TrueAsync(async () => (await proxy.JobsAsync(Ct)).Count == 1 + count, Ct);
        proxy.Cut();
        var answer = await lost;
        Assert.Equal(more.Length == 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.MultiStatus, answer.StatusCode);

        await Eventually.TrueAsync(async () => (answer = await IdempotencyTests.PostAsync(app.Alice, "a-key", body, more)).StatusCode == (HttpStatusCode)status, Ct);
        var read = await ApiApp.ReadAsync(answer, status);
        Assert.Equal(1 + count, (await proxy.JobsAsync(Ct)).Count);
        Assert.True(more.Length == 0 || read.GetProperty("submitted").GetInt32() == count, read.GetRawText());
    }

    [Fact]
    public async Task A_client_that_goes_away_finds_its_job_with_the_key()
    {
        await using var proxy = new CutProxy();
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", await proxy.StartAsync(Ct)));
        await IdempotencyTests.PostAsync(app.Alice, "warm", Held, 201);
        proxy.Freeze();

        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/jobs") { Content = new StringContent(Held, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "a-key");
        var left = app.Alice.SendAsync(request, leaving.Token);
        await Eventually.TrueAsync(async () => (await proxy.JobsAsync(Ct)).Count == 2, Ct);
        await leaving.CancelAsync();
        proxy.Thaw();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        var answer = default(HttpResponseMessage);
        await Eventually.TrueAsync(async () => (answer = await IdempotencyTests.PostAsync(app.Alice, "a-key", Held)).StatusCode == HttpStatusCode.Created, Ct);
        Assert.Equal(["true"], answer!.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(2, (await proxy.JobsAsync(Ct)).Count);
    }

    private static HttpClient ClientOf(ServerProcess server)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestApp.Superuser}:{TestApp.SuperuserPassword}")));
        return client;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string key, string body, string more) => IdempotencyTests.PostAsync(client, key, body, more);

    private static Task<JsonElement> ReadAsync(HttpResponseMessage response, int status) => ApiApp.ReadAsync(response, status);
}
