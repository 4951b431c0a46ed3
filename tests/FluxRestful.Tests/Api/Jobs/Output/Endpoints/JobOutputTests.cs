using System.Net;
using System.Text;
using System.Text.Json;
using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Api.Restful;

namespace FluxRestful.Tests.Api.Jobs.Output.Endpoints;

/// <summary>Pages of an output, and the bytes as they were written.</summary>
public sealed class JobOutputTests
{
    private static readonly string Long = new('x', 200);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_are_numbered_and_tell_stream_rank_and_time()
    {
        await using var app = await ApiApp.StartAsync();
        var page = await ReadAsync(app, await RunAsync(app, "sh -c 'echo hello; echo oops >&2; printf last'"));
        Assert.Equal(("ended", 3, 3), (Text(page, "status"), Number(page, "total"), Number(page, "matching")));
        Assert.False(page.TryGetProperty("next", out _));
        Assert.False(page.TryGetProperty("previous", out _));
        Assert.Equal([1, 2, 3], Numbers(page));
        var lines = page.GetProperty("lines").EnumerateArray().ToDictionary(line => Text(line, "text")!);
        Assert.Equal(("stdout", "0", 6), (Text(lines["hello"], "stream"), Text(lines["hello"], "rank"), Number(lines["hello"], "length")));
        Assert.Equal("stderr", Text(lines["oops"], "stream"));
        Assert.True(lines["last"].GetProperty("unterminated").GetBoolean());
        Assert.InRange(lines["hello"].GetProperty("time").GetDateTimeOffset(), DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.MaxValue);
    }

    [Theory]
    [InlineData("134217728")]
    [InlineData("65536")] // So little that most of it is read from the broker again and again.
    public async Task Paging_forwards_and_backwards_shows_every_line_once(string cache)
    {
        await using var app = await ApiApp.StartAsync(("Jobs:MaxOutputCacheBytes", cache));
        var id = await RunAsync(app, "seq -f line-%.0f-" + Long + " 4000");
        var expected = Enumerable.Range(1, 4000).Select(number => $"line-{number}-{Long}").ToList();

        var forwards = new List<string>();
        for (long? next = 1; next is not null;)
        {
            var page = await ReadAsync(app, id, $"?limit=700&from={next}");
            Assert.Equal((4000, 4000), (Number(page, "total"), Number(page, "matching")));
            Assert.Equal(forwards.Count + 1L, Numbers(page)[0]);
            forwards.AddRange(Texts(page));
            next = page.TryGetProperty("next", out var on) ? on.GetInt64() : null;
        }

        Assert.Equal(expected, forwards);
        var backwards = new List<string>();
        for (var query = "tail=700"; ;)
        {
            var page = await ReadAsync(app, id, "?" + query);
            backwards.InsertRange(0, Texts(page));
            if (!page.TryGetProperty("previous", out var back))
            {
                break;
            }

            query = $"limit=700&before={back}";
        }

        Assert.Equal(expected, backwards);
        Assert.Equal(expected.Select(line => line + "\n"), (await RawAsync(app, id)).Split('\n')[..^1].Select(line => line + "\n"));
    }

    [Fact]
    public async Task A_search_counts_as_grep_does_and_tells_the_numbers()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RunAsync(app, "sh -c 'seq 1 3000; echo Ärger 9 >&2; echo [1'");
        var page = await ReadAsync(app, id, "?search=99&limit=2");
        var expected = Enumerable.Range(1, 3000).Where(number => $"{number}".Contains("99", StringComparison.Ordinal)).ToList();
        Assert.Equal((3002, expected.Count), (Number(page, "total"), Number(page, "matching")));
        Assert.Equal(["99", "199"], Texts(page));
        var all = await ReadAsync(app, id, "?limit=10000");
        Assert.Equal(Numbers(all).Zip(Texts(all)).Where(line => line.Second.Contains("99", StringComparison.Ordinal)).Select(line => line.First), Numbers(page, "numbers"));
        Assert.Equal(["299", "399"], Texts(await ReadAsync(app, id, $"?search=99&limit=2&from={page.GetProperty("next")}")));
        Assert.Equal(["2998", "2999"], Texts(await ReadAsync(app, id, "?search=299&tail=2")));
        Assert.Equal(0, Number(await ReadAsync(app, id, "?search=%C3%A4rger"), "matching"));
        Assert.Equal(["Ärger 9"], Texts(await ReadAsync(app, id, "?search=%C3%A4rger&ignoreCase=true")));
        Assert.Equal(["[1"], Texts(await ReadAsync(app, id, "?search=%5B1")));
        Assert.Equal(["Ärger 9"], Texts(await ReadAsync(app, id, "?search=9&stream=stderr")));
    }

    [Fact]
    public async Task Streams_and_ranks_can_be_chosen_and_their_totals_are_true()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RunAsync(app, "sh -c 'echo out $FLUX_TASK_RANK; echo err $FLUX_TASK_RANK >&2'", "&num_tasks=2");
        Assert.Equal(["out 0", "out 1"], Texts(await ReadAsync(app, id, "?stream=stdout")).Order());
        Assert.Equal(["err 1", "out 1"], Texts(await ReadAsync(app, id, "?rank=1-7")).Order());
        var one = await ReadAsync(app, id, "?rank=1&stream=stderr");
        Assert.Equal((4, 1), (Number(one, "total"), Number(one, "matching")));
        Assert.Equal(["err 1"], Texts(one));
        Assert.Equal("err 1\n", await RawAsync(app, id, "?rank=1&stream=stderr"));
    }

    [Fact]
    public async Task What_is_no_text_is_base64_and_raw_is_what_was_written()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RunAsync(app, @"sh -c 'printf ""text\n\377\376\000x\nend""'");
        var page = await ReadAsync(app, id);
        Assert.Equal(["text", Convert.ToBase64String([0xFF, 0xFE, 0, (byte)'x']), "end"], Texts(page));
        Assert.Equal([null, "base64", null], page.GetProperty("lines").EnumerateArray().Select(line => Text(line, "encoding")));
        Assert.Equal("text\n\u00FF\u00FE\0x\nend", await RawAsync(app, id, "?stream=stdout"));
    }

    [Fact]
    public async Task A_line_of_ten_megabytes_is_one_line_of_which_the_beginning_is_shown()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RunAsync(app, "sh -c 'head -c 10000000 /dev/zero | tr \"\\0\" x; echo; echo end'");
        var page = await ReadAsync(app, id, "?width=10");
        Assert.Equal(["xxxxxxxxxx", "end"], Texts(page));
        var line = page.GetProperty("lines")[0];
        Assert.Equal((10_000_001, true), (Number(line, "length"), line.GetProperty("cut").GetBoolean()));
        Assert.Equal(10_000_005, (await RawAsync(app, id)).Length);
    }

    [Fact]
    public async Task What_the_shell_says_and_where_streams_go_is_told_and_is_not_in_the_raw_bytes()
    {
        await using var app = await ApiApp.StartAsync();
        var file = Path.Combine(app.App.DataDirectory, "out");
        var id = await RunAsync(app, "sh -c 'echo hidden; echo shown >&2'", "&option_flags=" + Uri.EscapeDataString($"{{'output.stdout.type': 'file', 'output.stdout.path': '{file}', 'output.stderr.type': 'kvs'}}"));
        var page = await ReadAsync(app, id);
        var redirect = page.GetProperty("redirects")[0];
        Assert.Equal(("stdout", file), (Text(redirect, "stream"), Text(redirect, "path")));
        Assert.Contains(page.GetProperty("lines").EnumerateArray(), line => Text(line, "stream") == "shell" && Text(line, "text")!.Contains(file, StringComparison.Ordinal));
        Assert.DoesNotContain(file, await RawAsync(app, id), StringComparison.Ordinal);

        var failed = await RunAsync(app, "/no/such/program");
        var told = await ReadAsync(app, failed);
        Assert.Contains(told.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("/no/such/program", StringComparison.Ordinal));
        Assert.Contains(told.GetProperty("lines").EnumerateArray(), line => Text(line, "stream") == "shell" && Number(line, "level") <= 3);
    }

    [Fact]
    public async Task Pending_running_silent_and_never_ran_each_say_so()
    {
        await using var app = await ApiApp.StartAsync();
        var blocker = await RestfulApp.SubmitAsync(app.Alice, "sleep 1000", $"&num_tasks={Environment.ProcessorCount}");
        var waiting = await RestfulApp.SubmitAsync(app.Alice, "true", "&num_tasks=1");
        await RestfulApp.WaitAsync(app.Alice, blocker, "RUN");
        Assert.Equal(("running", 0, 1), Brief(await ReadAsync(app, Id(blocker))));
        Assert.Equal(("pending", 0, 1), Brief(await ReadAsync(app, Id(waiting))));

        await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{waiting}/cancel");
        await RestfulApp.WaitAsync(app.Alice, waiting, "INACTIVE");
        await FluxRestful.Tests.Fakes.Eventually.TrueAsync(async () => Text(await ReadAsync(app, Id(waiting)), "status") == "never-ran", Stop);
        Assert.Equal(("never-ran", 0, null), Brief(await ReadAsync(app, Id(waiting))));
        Assert.Equal("", await RawAsync(app, Id(waiting)));

        var silent = await RunAsync(app, "true", wait: false);
        await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{blocker}/cancel");
        await RestfulApp.WaitAsync(app.Alice, JobId.Parse(silent).Value, "INACTIVE");
        await FluxRestful.Tests.Fakes.Eventually.TrueAsync(async () => Brief(await ReadAsync(app, silent)) == ("ended", 0, null), Stop);
    }

    [Fact]
    public async Task Somebody_elses_job_is_unknown_and_a_superuser_reads_all()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RunAsync(app, "echo secret");
        foreach (var accept in (string[])["application/json", "text/plain", "text/event-stream"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}/output");
            request.Headers.Accept.ParseAdd(accept);
            var answer = await app.Bob.SendAsync(request, Stop);
            Assert.Equal(ProblemType.UnknownJob.Uri, Text(await ApiApp.ReadAsync(answer, 404), "type"));
        }

        Assert.Equal(ProblemType.UnknownJob.Uri, Text(await ApiApp.GetAsync(app.Bob, "/api/v1/jobs/f2/output", 404), "type"));
        Assert.Equal(["secret"], Texts(await ApiApp.GetAsync(app.Superuser, $"/api/v1/jobs/{id}/output")));
        Assert.Equal(["secret"], Texts(await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{JobId.Parse(id).Value}/output")));
    }

    [Theory]
    [InlineData("from=0", "from")]
    [InlineData("from=x", "from")]
    [InlineData("from=1&tail=1", "from")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=10001", "limit")]
    [InlineData("tail=-1", "tail")]
    [InlineData("before=0", "before")]
    [InlineData("stream=stdin", "stream")]
    [InlineData("rank=3-1", "rank")]
    [InlineData("search=", "search")]
    [InlineData("search=a%0Ab", "search")]
    [InlineData("width=0", "width")]
    [InlineData("maxBehind=0", "maxBehind")]
    [InlineData("ignoreCase=perhaps", "ignoreCase")]
    public async Task Nonsense_is_refused_by_parameter(string query, string field)
    {
        await using var app = await ApiApp.StartAsync();
        var problem = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/f2/output?{query}", 400);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task A_form_that_is_not_there_is_refused_and_json_is_what_is_meant_by_anything()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RunAsync(app, "echo hello");
        foreach (var (accept, status, got) in ((string, int, string)[])[
            ("image/png", 406, "application/problem+json"), ("*/*", 200, "application/json"), ("text/*", 200, "text/plain"),
            ("text/html, application/json;q=0.5, text/plain;q=0.4", 200, "application/json"), ("text/plain;q=0, */*;q=0.1", 200, "application/json")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}/output");
            request.Headers.Accept.ParseAdd(accept);
            var answer = await app.Alice.SendAsync(request, Stop);
            Assert.Equal((accept, status, got), (accept, (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }

        using var search = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}/output?search=x");
        search.Headers.Accept.ParseAdd("text/plain");
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Alice.SendAsync(search, Stop)).StatusCode);
    }

    private static async Task<string> RunAsync(ApiApp app, string command, string more = "", bool wait = true)
    {
        var id = await RestfulApp.SubmitAsync(app.Alice, command, more);
        if (wait)
        {
            await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");
        }

        return Id(id);
    }

    private static string Id(ulong id) => new JobId(id).ToString();

    private static Task<JsonElement> ReadAsync(ApiApp app, string id, string query = "") => ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/output{query}");

    /// <summary>The bytes, each as a letter.</summary>
    private static async Task<string> RawAsync(ApiApp app, string id, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}/output{query}");
        request.Headers.Accept.ParseAdd("text/plain");
        var answer = await app.Alice.SendAsync(request, Stop);
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    private static (string?, int, int?) Brief(JsonElement page) =>
        (Text(page, "status"), Number(page, "total"), page.TryGetProperty("next", out var next) ? next.GetInt32() : null);

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static List<string> Texts(JsonElement page) => [.. page.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("text").GetString()!)];

    private static List<long> Numbers(JsonElement page, string? id = null) => id is null
        ? [.. page.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("number").GetInt64())]
        : [.. page.GetProperty(id).EnumerateArray().Select(number => number.GetInt64())];
}
