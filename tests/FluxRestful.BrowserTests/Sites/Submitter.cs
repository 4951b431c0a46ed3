using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FluxRestful.BrowserTests.Sites;

/// <summary>Makes jobs through the API, as a program would.</summary>
internal static class Submitter
{
    internal static Task<string> SubmitAsync(this Server server, string tenant, string name, params string[] command) =>
        server.SubmitAsync(tenant, new { name, command });

    internal static async Task<string> SubmitAsync(this Server server, string tenant, object job)
    {
        using var client = server.ClientFor(tenant);
        var answer = await client.PostAsJsonAsync("/api/v1/jobs", job, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonElement.Parse(body).GetProperty("id").GetString()!;
    }

    /// <summary>So many jobs that are held, with names that end in a number.</summary>
    internal static async Task SubmitHeldAsync(this Server server, string tenant, string name, int count)
    {
        using var client = server.ClientFor(tenant);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(1000))
        {
            var jobs = chunk.Select(i => new { name = $"{name}-{i:00000}", command = new[] { "work", "--part", $"{i}" }, urgency = 0 });
            var answer = await client.PostAsJsonAsync("/api/v1/jobs/bulk", new { jobs }, TestContext.Current.CancellationToken);
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(JsonElement.Parse(body).GetProperty("failed").GetInt32() == 0, body[..Math.Min(body.Length, 2000)]);
        }
    }

    /// <summary>Waits until the job is in this state, or has ended so.</summary>
    internal static async Task AwaitStatusAsync(this Server server, string tenant, string id, params string[] statuses)
    {
        using var client = server.ClientFor(tenant);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(Site.Flux is null ? 30 : 240));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var status = "";
        while (!statuses.Contains(status))
        {
            await pace.WaitForNextTickAsync(deadline.Token);
            status = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{id}", deadline.Token)).GetProperty("status").GetString()!;
        }
    }

    /// <summary>Waits until the job has written so many lines.</summary>
    internal static async Task AwaitLinesAsync(this Server server, string tenant, string id, int count)
    {
        using var client = server.ClientFor(tenant);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{id}/output?limit=1", TestContext.Current.CancellationToken)).GetProperty("total").GetInt64() < count)
        {
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    internal static async Task<string> RunAsync(this Server server, string tenant, string name, params string[] command)
    {
        var id = await server.SubmitAsync(tenant, name, command);
        await server.AwaitStatusAsync(tenant, id, "COMPLETED", "FAILED", "CANCELED", "TIMEOUT");
        return id;
    }

    internal static async Task CancelAsync(this Server server, string tenant, string id)
    {
        using var client = server.ClientFor(tenant);
        (await client.PostAsync($"/v1/jobs/{id}/cancel", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    /// <summary>Lets a job run that was submitted with urgency 0.</summary>
    internal static async Task RaiseAsync(this Server server, string tenant, string id)
    {
        using var client = server.ClientFor(tenant);
        (await client.PostAsJsonAsync($"/api/v1/jobs/{id}/urgency", new { urgency = 16 }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    /// <summary>Without the owner's mark, which names the request and is another one each time.</summary>
    internal static async Task<JsonNode> JobspecAsync(this Server server, string tenant, string id)
    {
        using var client = server.ClientFor(tenant);
        var jobspec = (await client.GetFromJsonAsync<JsonNode>($"/api/v1/jobs/{id}/jobspec", TestContext.Current.CancellationToken))!;
        var attributes = jobspec["attributes"]!.AsObject();
        if (attributes["user"] is JsonObject user && user.Remove("restful") && user.Count == 0)
        {
            attributes.Remove("user");
        }

        return jobspec;
    }
}
