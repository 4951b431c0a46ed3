using System.Globalization;
using FluxRestful.BrowserTests.Sites;
using FluxRestful.Core.Rpc;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

/// <summary>Outputs that are not there, that are elsewhere, of many tasks, and of tabs that nobody looks at.</summary>
public sealed class OutputStatesTests(Site site)
{
    private static readonly string[] Sixteen = ["sh", "-c", "for i in 1 2 3; do echo out $i of $FLUX_TASK_RANK; done; echo err of $FLUX_TASK_RANK >&2"];
    private static readonly string[] Redirected = ["sh", "-c", "echo elsewhere"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_there_is_explained()
    {
        var held = await site.Server.SubmitAsync(Server.Alice, new { name = "held", command = Redirected, urgency = 0 });
        var silent = await site.Server.RunAsync(Server.Alice, "prints-nothing", "true");
        var file = Path.Combine(Path.GetTempPath(), $"elsewhere-{Guid.NewGuid():N}.out");
        var redirected = await site.Server.SubmitAsync(Server.Alice, new { name = "redirected", command = Redirected, stdout = file });
        await site.Server.AwaitStatusAsync(Server.Alice, redirected, "COMPLETED");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/{held}");
        await Expect(visit.Page.Locator("[data-log-empty]")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("^The job has not started. Waiting .*until its urgency is raised"));
        await site.Server.CancelAsync(Server.Alice, held);
        await Expect(visit.Page.Locator("[data-log-empty]")).ToHaveTextAsync("This job never ran, so it printed nothing.");
        var go = Path.Combine(Path.GetTempPath(), $"go-{Guid.NewGuid():N}");
        string[] waits = ["sh", "-c", $"until [ -e {go} ]; do sleep 0.1; done"];
        var quiet = await site.Server.SubmitAsync(Server.Alice, new { name = "says-nothing", command = waits, urgency = 0 });
        await visit.GoAsync($"/jobs/{quiet}");
        await Expect(visit.Page.Locator("[data-log-empty]")).ToContainTextAsync("The job has not started.");
        await site.Server.RaiseAsync(Server.Alice, quiet);
        await Expect(visit.Page.Locator("[data-log-empty]")).ToContainTextAsync("No output yet (started ");
        await File.WriteAllTextAsync(go, "", Cancel);
        await Expect(visit.Page.Locator("[data-log-empty]")).ToHaveTextAsync("This job printed nothing.");
        File.Delete(go);
        await visit.GoAsync($"/jobs/{silent}");
        await Expect(visit.Page.GetByText("This job printed nothing.")).ToBeVisibleAsync();
        await visit.GoAsync($"/jobs/{redirected}");
        await Expect(visit.Page.GetByText($"goes to {file}, which is not readable through this server")).ToHaveCountAsync(2);
        await visit.LooksRightAsync("job-redirected");
        Assert.Equal("elsewhere\n", await File.ReadAllTextAsync(file, Cancel));
        File.Delete(file);
    }

    [Fact]
    public async Task What_flux_has_purged_is_said_to_be_gone()
    {
        await using var cluster = new LargeCluster(70);
        cluster.Broker.On("job-manager.events-journal", async call =>
        {
            await call.RespondAsync("""
                {"id":1,"events":[{"timestamp":1,"name":"submit","context":{"userid":1,"urgency":16,"flags":0}},{"timestamp":2,"name":"validate"},{"timestamp":3,"name":"depend"},
                {"timestamp":4,"name":"priority","context":{"priority":16}},{"timestamp":5,"name":"alloc"},{"timestamp":6,"name":"start"},{"timestamp":7,"name":"finish","context":{"status":0}},{"timestamp":8,"name":"clean"}]}
                """);
            await call.RespondAsync("""{"id":-1,"events":[]}""");
            await call.Cancelled;
        });
        cluster.Broker.Fails("job-info.eventlog-watch", Errno.ENOENT).Fails("job-info.lookup", Errno.ENOENT, "invalid job id");
        await using var server = await Server.StartAsync(Cancel, cluster.Settings);
        await using var visit = await site.VisitAtAsync(server.Address);
        await visit.SignInAsync(Server.Superuser);
        await visit.GoAsync("/jobs/f2");
        await Expect(visit.Page.GetByText("The output is gone: Flux has purged the job.")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#job .badge")).ToContainTextAsync("Completed");
    }

    [Fact]
    public async Task Two_streams_of_sixteen_tasks_are_told_apart_filtered_and_grouped()
    {
        var shellOptions = new Dictionary<string, object> { ["per-resource"] = new { type = "core", count = 16 } };
        var id = await site.Server.SubmitAsync(Server.Alice, new { name = "sixteen", command = Sixteen, shellOptions });
        await site.Server.AwaitStatusAsync(Server.Alice, id, "COMPLETED");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await Expect(page.Locator(".line")).ToHaveCountAsync(64);
        await Expect(page.Locator(".line.stderr")).ToHaveCountAsync(16);
        Assert.Equal(Enumerable.Range(0, 16), (await page.Locator(".line .rank").AllTextContentsAsync()).Select(rank => int.Parse(rank, CultureInfo.InvariantCulture)).Distinct().Order());
        Assert.All(await page.Locator(".line.stderr").AllTextContentsAsync(), line => Assert.Matches(@"^\d+(\d+)stderr: err of \1$", line));

        await page.GetByText("View", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Tasks").FillAsync("0,3-7");
        await page.GetByLabel("Stream").SelectOptionAsync("stderr");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByText("6 of 64 lines")).ToBeVisibleAsync();
        await Expect(page.Locator(".line .rank")).ToHaveCountAsync(6);
        Assert.Equal(["0", "3", "4", "5", "6", "7"], (await page.Locator(".line .rank").AllTextContentsAsync()).Order());

        await visit.GoAsync($"/jobs/{id}?group=1");
        await Expect(page.Locator(".log-task")).ToHaveCountAsync(16);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Task 15 4 lines" })).ToBeVisibleAsync();
        Assert.Equal(["out 1 of 15", "out 2 of 15", "out 3 of 15"], (await page.GetByRole(AriaRole.Log, new() { Name = "Output of task 15" }).Locator(".line:not(.stderr) .text").AllTextContentsAsync()));
    }

    [Fact]
    public async Task A_line_that_was_overwritten_thousands_of_times_shows_what_a_terminal_would_in_the_letters_and_colours_that_were_chosen()
    {
        const string Progress = """i=0; while [ $i -lt 20000 ]; do i=$((i+1)); printf '\rstep %d of 20000, and some words' $i; done; echo; echo after""";
        var id = await site.Server.RunAsync(Server.Alice, "progress", "sh", "-c", Progress);
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await Expect(page.Locator("#L1 .text")).ToHaveTextAsync("step 20000 of 20000, and some words");
        await Expect(page.Locator("#L2 .text")).ToHaveTextAsync("after");

        var log = page.Locator("#log");
        var before = await LookAsync();
        await page.GetByText("View", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Letters").SelectOptionAsync("huge");
        await page.GetByLabel("Colours").SelectOptionAsync("dark");
        var chosen = await LookAsync();
        Assert.True(chosen.Size > 1.3 * before.Size);
        Assert.NotEqual(before.Ground, chosen.Ground);
        await visit.HasNoBarriersAsync("a dark log on a light page");
        await visit.GoAsync($"/jobs/{id}");
        Assert.Equal(chosen, await LookAsync());

        async Task<(double Size, string Ground, string Ink)> LookAsync()
        {
            var look = await log.EvaluateAsync<string[]>("log => [parseFloat(getComputedStyle(log).fontSize).toString(), getComputedStyle(log).backgroundColor, getComputedStyle(log).color]");
            return (double.Parse(look[0], CultureInfo.InvariantCulture), look[1], look[2]);
        }
    }

    [Fact]
    public async Task A_tab_that_nobody_looks_at_asks_for_nothing_and_catches_up_when_somebody_does()
    {
        var go = Path.Combine(Path.GetTempPath(), $"go-{Guid.NewGuid():N}");
        var id = await site.Server.SubmitAsync(
            Server.Alice, "unseen", "sh", "-c", $"seq 1 100; until [ -e {go}1 ]; do sleep 0.1; done; seq 101 3000; until [ -e {go}2 ]; do sleep 0.1; done; seq 3001 3100");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await Expect(page.Locator("#L100")).ToBeAttachedAsync();
        await visit.LookAwayAsync(true);
        await File.WriteAllTextAsync(go + "1", "", Cancel);
        await site.Server.AwaitLinesAsync(Server.Alice, id, 3000);
        Assert.Equal(100, await page.Locator(".line").CountAsync());
        await visit.LookAwayAsync(false);
        await Expect(page.Locator("#L3000")).ToBeAttachedAsync();
        await File.WriteAllTextAsync(go + "2", "", Cancel);
        await Expect(page.Locator("#L3100")).ToBeAttachedAsync();
        Assert.Equal(Enumerable.Range(1, 3100).Select(i => $"{i}"), await page.Locator(".line .text").AllTextContentsAsync());
        await Expect(page.Locator("#job .badge")).ToContainTextAsync("Completed");

        await visit.GoAsync("/jobs?state=all&q=unseen");
        await visit.LookAwayAsync(true);
        await site.Server.RunAsync(Server.Alice, "unseen-too", "true");
        await visit.LookAwayAsync(false);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "unseen-too" })).ToBeVisibleAsync(new() { Timeout = 15_000 });
        File.Delete(go + "1");
        File.Delete(go + "2");
    }
}
