using System.Net;
using System.Text;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Restful;

/// <summary>Whatever is wrong with a request: a 4xx that names it, and no job.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, string?, int, string> Submits { get; } = new()
    {
        { "", null, 400, "command" },
        { "?command=", null, 400, "command" },
        { "?command=+++", null, 400, "command" },
        { "?command=''", null, 400, "command" },
        { "?command=echo+'hi", null, 422, "command" },
        { "", """{"command":["echo",1]}""", 422, "command" },
        { "", """{"command":[]}""", 400, "command" },
        { "?command=x&num_tasks=abc", null, 422, "num_tasks" },
        { "?command=x&num_tasks=0", null, 400, "num_tasks" },
        { "?command=x&num_tasks=-1", null, 400, "num_tasks" },
        { "?command=x&num_tasks=2000000000", null, 400, "num_tasks" },
        { "?command=x&num_tasks=99999999999999999999", null, 422, "num_tasks" },
        { "?command=x&cores_per_task=0", null, 400, "cores_per_task" },
        { "?command=x&num_nodes=0", null, 400, "num_nodes" },
        { "?command=x&num_nodes=100", null, 400, "The server only has 1 nodes, you requested 100" },
        { "?command=x&num_nodes=3&num_tasks=2", null, 400, "num_nodes" },
        { "?command=x&gpus_per_task=1", null, 400, "gpus_per_task" },
        { "?command=x&gpus_per_task=0", null, 400, "gpus_per_task" },
        { "?command=x&runtime=-1", null, 400, "Runtime" },
        { "?command=x&runtime=2000000000", null, 400, "Runtime" },
        { "?command=x&runtime=soon", null, 422, "runtime" },
        { "?command=x&exclusive=true", null, 400, "exclusive" },
        { "?command=x&option_flags=-ompi%3Dnone", null, 400, "keys without -o" },
        { "?command=x&option_flags=a..b%3D1", null, 400, "option_flags" },
        { "", $$$"""{"command":"x","option_flags":{"a":"{{{new string('[', 30)}}}{{{new string(']', 30)}}}"}}""", 400, "option_flags" },
        { "", $$$"""{"command":"x","option_flags":{"a":"{{{new string('[', 63)}}}{{{new string(']', 63)}}}"}}""", 400, "option_flags" },
        { "", """{"command":"x","option_flags":{"a":"\"\\ud800\""}}""", 400, "option_flags" },
        { "", """{"command":"x","option_flags":{"a":"\"\\u0000\""}}""", 400, "option_flags" },
        { "", """{"command":"x","option_flags":{"a":"{\"\\u0000\":1}"}}""", 400, "option_flags" },
        { "?command=x&nonsense=1", null, 422, "nonsense" },
        { "", """{"command":"x","nonsense":1}""", 422, "nonsense" },
        { "?command=x", """{"A=B":"c"}""", 422, "envars" },
        { "?command=x", """{"A\u0000":"c"}""", 422, "envars" },
        { "?command=x", """{"A":5}""", 422, "envars" },
        { "?command=x", """{"A":null}""", 422, "envars" },
        { "?command=x", "{", 422, "body" },
        { "?command=x", "[]", 422, "body" },
    };

    [Theory]
    [MemberData(nameof(Submits))]
    public async Task A_bad_submit_is_refused_and_nothing_is_submitted(string query, string? body, int status, string named)
    {
        await using var app = await RestfulApp.StartAsync();
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await RestfulApp.PostAsync(app.Alice, "/v1/jobs/submit" + query, content, status);

        Assert.Contains(named, answer.GetRawText(), StringComparison.Ordinal);
        Assert.Empty((await RestfulApp.GetAsync(app.Superuser, "/v1/jobs")).GetProperty("jobs").EnumerateArray());
    }

    [Fact]
    public async Task A_body_of_another_kind_or_too_large_is_refused()
    {
        await using var app = await RestfulApp.StartAsync();
        using var xml = new StringContent("<command/>", Encoding.UTF8, "application/xml");
        using var large = new StringContent($$"""{"command":"{{new string('x', 1024 * 1024)}}"}""", Encoding.UTF8, "application/json");

        await RestfulApp.PostAsync(app.Alice, "/v1/jobs/submit", xml, 415);
        await RestfulApp.PostAsync(app.Alice, "/v1/jobs/submit", large, 413);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "command=true", 422)]
    [InlineData("multipart/form-data", "command=true", 422)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"command\"\r\n\r\ntr", 422)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"command\"\r\n\r\ntrue\r\n--b\r\nContent-Disposition: form-data; name=\"envars\"; filename=\"x\"\r\n\r\nA=B\r\n--b--\r\n", 422)]
    public async Task A_broken_form_and_a_file_in_one_are_refused(string type, string form, int status)
    {
        await using var app = await RestfulApp.StartAsync();
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes(form));
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.True((await RestfulApp.PostAsync(app.Alice, "/v1/jobs/submit", body, status)).TryGetProperty("detail", out _));
        Assert.Empty((await RestfulApp.GetAsync(app.Superuser, "/v1/jobs")).GetProperty("jobs").EnumerateArray());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "username=alice&password=x")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nal")]
    public async Task A_broken_login_form_is_refused(string type, string form)
    {
        await using var app = new TestApp();
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes(form));
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        await RestfulApp.PostAsync(app.Anonymous(), "/v1/login/access-token", body, 400);
    }

    [Theory]
    [InlineData("zzz", 422)]
    [InlineData("-1", 422)]
    [InlineData("1.5", 422)]
    [InlineData("18446744073709551616", 422)]
    [InlineData("fjpXCZedGfVR", 422)]
    [InlineData("12345", 404)]
    [InlineData("18446744073709551615", 404)]
    [InlineData("f9xV", 404)]
    public async Task A_bad_job_id_is_refused_everywhere(string id, int status)
    {
        await using var app = await RestfulApp.StartAsync();

        foreach (var path in (string[])["", "/output", "/output/stream"])
        {
            Assert.True((await RestfulApp.GetAsync(app.Alice, $"/v1/jobs/{id}{path}", status)).TryGetProperty("detail", out _));
        }

        Assert.True((await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{id}/cancel", status: status)).TryGetProperty("detail", out _));
    }

    [Theory]
    [InlineData("/v1/jobs?details=maybe", "details")]
    [InlineData("/v1/jobs?limit=many", "limit")]
    [InlineData("/v1/jobs?limit=-1", "limit")]
    [InlineData("/v1/jobs/search?start=x", "start")]
    [InlineData("/v1/jobs/search?start=-1", "start")]
    [InlineData("/v1/jobs/search?length=-2", "length")]
    [InlineData("/v1/jobs/search?draw=<b>", "draw")]
    [InlineData("/v1/jobs/search?sort=password", "sort")]
    [InlineData("/v1/jobs/search?sort=id&order=sideways", "order")]
    public async Task A_bad_listing_is_refused(string path, string named)
    {
        await using var app = await RestfulApp.StartAsync();

        Assert.Equal(named, (await RestfulApp.GetAsync(app.Alice, path, 422)).GetProperty("detail")[0].GetProperty("loc")[1].GetString());
    }

    [Theory]
    [InlineData("[")]
    [InlineData("(a+)+$")]
    [InlineData("' OR 1=1 --")]
    [InlineData("%00")]
    [InlineData("%FF%FE")]
    public async Task A_search_text_is_no_pattern_and_no_statement(string text)
    {
        await using var app = await RestfulApp.StartAsync();
        await RestfulApp.SubmitAsync(app.Alice, "true");

        var response = await app.Alice.GetAsync($"/v1/jobs/search?draw=1&search={(text[0] == '%' ? text : Uri.EscapeDataString(text))}", TestContext.Current.CancellationToken);

        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task What_flux_refuses_is_told_in_its_words()
    {
        await using var app = await RestfulApp.StartAsync();

        var answer = await RestfulApp.PostAsync(app.Alice, "/v1/jobs/submit?command=true&option_flags=a%3D1,a.b%3D2", status: 400);

        Assert.Equal("There was an issue submitting that job.", answer.GetProperty("Message").GetString());
        Assert.True(answer.TryGetProperty("Error", out _));
    }
}
