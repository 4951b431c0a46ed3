using System.Text;
using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Api;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Live;

/// <summary>What jobs of a real Flux write, by lines, raw and followed.</summary>
[Collection(nameof(LiveFlux))]
public sealed class OutputTests(LiveFlux flux)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_ranks_search_and_what_is_no_text()
    {
        await using var app = await StartAsync();
        var id = await RunAsync(app, @"sh -c 'seq 500; printf ""\377\376 $FLUX_TASK_RANK\n""; echo err >&2; printf end'", "&num_tasks=2&num_nodes=2");
        var page = await ApiApp.GetAsync(app.Alice, $"{id}?limit=10000");
        Assert.Equal(("ended", 1006), (page.GetProperty("status").GetString(), page.GetProperty("total").GetInt32()));
        Assert.Equal(2, page.GetProperty("lines").EnumerateArray().Count(line => line.TryGetProperty("encoding", out var encoding) && encoding.GetString() == "base64"));

        var one = await ApiApp.GetAsync(app.Alice, $"{id}?rank=1&stream=stdout&search=99");
        Assert.Equal(Enumerable.Range(1, 500).Count(number => $"{number}".Contains("99", StringComparison.Ordinal)), one.GetProperty("matching").GetInt32());
        Assert.Equal("end", (await ApiApp.GetAsync(app.Alice, $"{id}?rank=1&stream=stdout&tail=1")).GetProperty("lines")[0].GetProperty("text").GetString());

        var expected = string.Concat(Enumerable.Range(1, 500).Select(number => $"{number}\n")) + "\u00FF\u00FE 1\nend";
        Assert.Equal(expected, await RawAsync(app, $"{id}?rank=1&stream=stdout"));
    }

    [Fact]
    public async Task A_line_of_ten_megabytes_and_repeated_bytes_are_whole()
    {
        await using var app = await StartAsync();
        var id = await RunAsync(app, "sh -c 'head -c 10000000 /dev/zero | tr \"\\0\" x; echo; yes \"\" | head -n 50; echo end'");
        var page = await ApiApp.GetAsync(app.Alice, $"{id}?width=3");
        Assert.Equal((52, 10_000_001), (page.GetProperty("total").GetInt32(), page.GetProperty("lines")[0].GetProperty("length").GetInt32()));
        Assert.Equal(new string('x', 10_000_000) + new string('\n', 51) + "end\n", await RawAsync(app, id));
    }

    [Fact]
    public async Task A_redirection_and_a_program_that_is_not_there_are_told()
    {
        await using var app = await StartAsync();
        var file = Path.Combine(Path.GetTempPath(), $"flux-restful-test-{Guid.NewGuid():N}");
        try
        {
            var id = await RunAsync(app, "sh -c 'echo hidden'", "&option_flags=" + Uri.EscapeDataString($"{{'output.stdout.type': 'file', 'output.stdout.path': '{file}'}}"));
            var page = await ApiApp.GetAsync(app.Alice, id);
            Assert.Contains(page.GetProperty("redirects").EnumerateArray(), redirect => redirect.GetProperty("path").GetString() == file);
            Assert.Equal("", await RawAsync(app, id));
        }
        finally
        {
            File.Delete(file);
        }

        var failed = await ApiApp.GetAsync(app.Alice, await RunAsync(app, "/no/such/program"));
        Assert.Contains(failed.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("/no/such/program", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_is_followed_from_before_its_start_to_its_end_over_cuts()
    {
        await using var app = await StartAsync();
        var blocker = await RestfulApp.SubmitAsync(app.Alice, "sleep 600", $"&num_tasks={LiveFlux.Cores}");
        var path = PathOf(await RestfulApp.SubmitAsync(app.Alice, "sh -c 'for i in 1 2 3 4 5; do seq 100; sleep 0.1; done'"));
        var texts = new List<string>();
        var isCancelled = false;
        string? last = null;
        for (ServerEvent? end = null; end is null;)
        {
            using var events = await ServerEvents.OpenAsync(app.Alice, path, last, Stop);
            if (!isCancelled)
            {
                isCancelled = true;
                await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{blocker}/cancel");
            }

            var next = Assert.IsType<ServerEvent>(await events.NextAsync(Stop));
            last = next.Id;
            end = next.Name == "end" ? next : null;
            texts.AddRange(end is null ? next.Data.EnumerateArray().Select(line => line.GetProperty("text").GetString()!) : []);
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(number => $"{(number % 100) + 1}"), texts);
    }

    private async Task<ApiApp> StartAsync() => await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", await flux.UriAsync(Stop)));

    private static async Task<string> RunAsync(ApiApp app, string command, string more = "")
    {
        var id = await RestfulApp.SubmitAsync(app.Alice, command, more);
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");
        return PathOf(id);
    }

    private static string PathOf(ulong id) => $"/api/v1/jobs/{new JobId(id)}/output";

    private static async Task<string> RawAsync(ApiApp app, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/plain");
        return Encoding.Latin1.GetString(await (await app.Alice.SendAsync(request, Stop)).Content.ReadAsByteArrayAsync(Stop));
    }
}
