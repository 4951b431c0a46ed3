using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace FluxRestful.Tests.Api.Restful;

/// <summary>The requests of flux-restful-api's own client, byte for byte where it matters.</summary>
public sealed class PythonClientTests
{
    [Fact]
    public async Task A_submit_is_repeated_as_a_json_body_after_the_first_401()
    {
        await using var app = await RestfulApp.StartAsync();
        using var anonymous = app.App.Anonymous();

        var refused = await anonymous.PostAsync("/v1/jobs/submit?command=echo+hello&envars=%7B%27A%27%3A+%27b%27%7D&num_tasks=1", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("Bearer", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        using var body = Json("""{"command": "printenv A", "num_tasks": 1, "envars": {"A": "b"}, "exclusive": null, "workdir": null}""");
        var id = (await RestfulApp.PostAsync(app.Alice, "/v1/jobs/submit", body)).GetProperty("id").GetUInt64();

        Assert.Equal("b\n", await app.Alice.GetStringAsync($"/v1/jobs/{id}/output/stream", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task With_a_token_a_submit_travels_in_the_query_with_the_environment_as_python_prints_it()
    {
        await using var app = await RestfulApp.StartAsync();

        var answer = await RestfulApp.PostAsync(
            app.Alice, "/v1/jobs/submit?command=printenv+A&num_tasks=1&num_nodes=&exclusive=false&envars=%7B%27A%27%3A+%22it%27s%22%7D");

        Assert.Equal("Job submit.", answer.GetProperty("Message").GetString());
        Assert.Equal("it's\n", await app.Alice.GetStringAsync($"/v1/jobs/{answer.GetProperty("id")}/output/stream", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Its_test_of_option_flags_holds()
    {
        await using var app = await RestfulApp.StartAsync();

        var answer = await RestfulApp.PostAsync(app.Alice, "/v1/jobs/submit?command=sleep+1&option_flags=-ompi%3Dnoodles", status: 400);
        Assert.Contains("keys without -o", answer.GetProperty("Errors")[0].GetString(), StringComparison.Ordinal);

        await RestfulApp.SubmitAsync(app.Alice, "sleep 1", "&option_flags=ompi%3Dopenmpi%405");
    }

    [Fact]
    public async Task Its_test_of_cancel_holds()
    {
        await using var app = await RestfulApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "sleep 10");

        var answer = await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{id}/cancel");
        Assert.Contains("requested to cancel", answer.GetProperty("Message").GetString(), StringComparison.Ordinal);
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");

        answer = await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{id}/cancel", status: 400);
        Assert.Contains("cannot be cancelled", answer.GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_test_of_listing_holds()
    {
        await using var app = await RestfulApp.StartAsync();
        Assert.Empty((await RestfulApp.GetAsync(app.Alice, "/v1/jobs")).GetProperty("jobs").EnumerateArray());
        var id = await RestfulApp.SubmitAsync(app.Alice, "sleep 5");

        var jobs = (await RestfulApp.GetAsync(app.Alice, "/v1/jobs")).GetProperty("jobs");
        Assert.Equal(id, Assert.Single(jobs.EnumerateArray()).GetProperty("id").GetUInt64());
        var job = (await RestfulApp.GetAsync(app.Alice, "/v1/jobs?details=true")).GetProperty($"{id}");
        Assert.True(job.EnumerateObject().Count() > 20);
        Assert.Equal(id, (await RestfulApp.GetAsync(app.Alice, "/v1/jobs?detail=true&listing=true"))[0].GetProperty("id").GetUInt64());
        Assert.Empty((await RestfulApp.GetAsync(app.Alice, "/v1/jobs?limit=0&details=true")).EnumerateObject());
    }

    [Fact]
    public async Task Its_test_of_search_holds()
    {
        await using var app = await RestfulApp.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await RestfulApp.SubmitAsync(app.Alice, "sleep 1");
        }

        var all = await RestfulApp.GetAsync(app.Alice, "/v1/jobs/search");
        Assert.Equal((5, 5), (all.GetProperty("recordsTotal").GetInt32(), all.GetProperty("data").GetArrayLength()));
        var rest = await RestfulApp.GetAsync(app.Alice, "/v1/jobs/search?start=1");
        Assert.Equal((5, 4), (rest.GetProperty("recordsTotal").GetInt32(), rest.GetProperty("recordsFiltered").GetInt32()));
        var some = await RestfulApp.GetAsync(app.Alice, "/v1/jobs/search?start=1&length=3");
        Assert.Equal((5, 3), (some.GetProperty("recordsTotal").GetInt32(), some.GetProperty("recordsFiltered").GetInt32()));
    }

    [Fact]
    public async Task An_unknown_job_is_a_404_which_it_knows()
    {
        await using var app = await RestfulApp.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await app.Alice.GetAsync("/v1/jobs/12345", TestContext.Current.CancellationToken)).StatusCode);
        Assert.True((await app.Alice.GetFromJsonAsync<System.Text.Json.JsonElement>("/v1/nodes", TestContext.Current.CancellationToken)).TryGetProperty("nodes", out _));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
