using System.Diagnostics;
using System.Globalization;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

/// <summary>What a job writes while one looks at it.</summary>
public sealed class LiveOutputTests(Site site, ITestOutputHelper output)
{
    private const string Numbers = "[...document.querySelectorAll('.line')].map(line => Number(line.id.slice(1)))";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_a_broken_connection_no_line_is_lost_and_none_comes_twice()
    {
        const string Counts = "for i in $(seq 1 1200); do echo line $i; sleep 0.005; done";
        var id = await site.Server.SubmitAsync(Server.Alice, "reconnects", "sh", "-c", Counts);
        await using var line = new Line(site.Server.Address);
        await using var visit = await site.VisitAsAsync(Server.Alice, by: line.Address);
        visit.Expects("net::ERR_");
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        for (var i = 1; i <= 3; i++)
        {
            await Expect(page.Locator($"#L{i * 100}")).ToBeAttachedAsync();
            line.Cut();
            await Expect(page.Locator("[data-log-lost]")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-log-lost]")).ToBeHiddenAsync();
        }

        await Expect(page.Locator("#L1200")).ToBeAttachedAsync(new() { Timeout = 60_000 });
        using var client = site.Server.ClientFor(Server.Alice);
        var raw = await client.GetStringAsync($"/jobs/{id}/output.txt", Cancel);
        Assert.Equal(raw.TrimEnd('\n').Split('\n'), await page.Locator(".line .text").AllTextContentsAsync());
        Assert.Equal(Enumerable.Range(1, 1200), await page.EvaluateAsync<int[]>(Numbers));
    }

    [Fact]
    public async Task Who_follows_stays_at_the_end_and_who_looks_up_is_not_moved()
    {
        var seen = Path.Combine(Path.GetTempPath(), $"seen-{Guid.NewGuid():N}");
        var id = await site.Server.SubmitAsync(Server.Alice, "scrolls", "sh", "-c", $"seq 1 500; until [ -e {seen} ]; do sleep 0.1; done; for i in $(seq 501 900); do echo $i; sleep 0.01; done");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await Expect(page.Locator("#L500")).ToBeInViewportAsync(new() { Timeout = 20_000 });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Following" })).ToBeVisibleAsync();
        await File.WriteAllTextAsync(seen, "", Cancel);
        await page.Locator("#log").HoverAsync();
        await page.Mouse.WheelAsync(0, -3000);
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("new lines") })).ToBeVisibleAsync();
        var top = await page.Locator("#log").EvaluateAsync<double>("log => log.scrollTop");
        await Expect(page.Locator("#L700")).ToBeAttachedAsync();
        Assert.Equal(top, await page.Locator("#log").EvaluateAsync<double>("log => log.scrollTop"));
        await page.EvaluateAsync("const say = document.querySelector('[data-log-say]'); say.checked = true; say.dispatchEvent(new Event('change'));");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("new lines") }).ClickAsync();
        await Expect(page.Locator("#L900")).ToBeInViewportAsync();
        await Expect(page.Locator("#job .badge")).ToContainTextAsync("Completed");
        // Who has it announced hears the last lines too, though they come within five seconds of others.
        await Expect(page.Locator("#announce")).ToContainTextAsync("899\n900", new() { Timeout = 15_000 });
        File.Delete(seen);
    }

    [Fact]
    public async Task End_and_G_follow_again_and_whoever_turns_up_by_wheel_or_key_is_left_there()
    {
        var stop = Path.Combine(Path.GetTempPath(), $"stop-{Guid.NewGuid():N}");
        var id = await site.Server.SubmitAsync(Server.Alice, "prints-on", "sh", "-c", $"seq 1 300; i=300; until [ -e {stop} ]; do i=$((i+1)); echo $i; sleep 0.02; done");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        var log = page.Locator("#log");
        var following = page.GetByRole(AriaRole.Button, new() { Name = "Following" });
        await visit.GoAsync($"/jobs/{id}");
        await Expect(following).ToBeVisibleAsync();
        await Expect(page.Locator("#L300")).ToBeAttachedAsync();
        await log.FocusAsync();
        await log.HoverAsync();
        foreach (var (key, up) in new[] { ("End", -3000), ("G", -60), ("End", 0) })
        {
            var place = await page.EvaluateAsync<double>("scrollY");
            await page.Keyboard.PressAsync(key);
            await Expect(following).ToBeVisibleAsync();
            await page.WaitForFunctionAsync("log => log.scrollHeight - log.scrollTop - log.clientHeight < 24", await log.ElementHandleAsync());
            Assert.Equal(place, await page.EvaluateAsync<double>("scrollY"));
            await (up == 0 ? page.Keyboard.PressAsync("PageUp") : page.Mouse.WheelAsync(0, up));
            await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("[1-9][0-9] new lines") })).ToBeVisibleAsync();
            var top = await log.EvaluateAsync<double>("log => log.scrollTop");
            var last = await page.EvaluateAsync<int>($"Math.max(...{Numbers})");
            await Expect(page.Locator($"#L{last + 20}")).ToBeAttachedAsync();
            Assert.Equal(top, await log.EvaluateAsync<double>("log => log.scrollTop"));
        }

        await File.WriteAllTextAsync(stop, "", Cancel);
        await Expect(page.Locator("#job .badge")).ToContainTextAsync("Completed");
        File.Delete(stop);
    }

    [Fact]
    public async Task A_job_that_prints_faster_than_anybody_reads_is_followed_with_gaps_that_are_told_and_can_be_loaded_over_a_broken_connection_too()
    {
        // About a hundred thousand lines a second, for two seconds; the ten seconds of the figures are measured apart.
        var seconds = int.Parse(Environment.GetEnvironmentVariable("BROWSER_TESTS_LOAD_SECONDS") ?? "2", CultureInfo.InvariantCulture);
        var go = Path.Combine(Path.GetTempPath(), $"go-{Guid.NewGuid():N}");
        var id = await site.Server.SubmitAsync(Server.Alice, "floods", "sh", "-c", $"until [ -e {go}1 ]; do sleep 0.1; done; seq 1 10000; until [ -e {go}2 ]; do sleep 0.1; done; for s in $(seq 2 {seconds * 10}); do seq 1 10000; sleep 0.09; done; echo the last");
        await using var line = new Line(site.Server.Address);
        await using var visit = await site.VisitAsAsync(Server.Alice, by: line.Address);
        visit.Expects("net::ERR_");
        var page = visit.Page;
        await page.AddInitScriptAsync(
            """
            window.tasks = [];
            window.heap = 0;
            new PerformanceObserver(list => tasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: "longtask", buffered: true });
            setInterval(() => { heap = Math.max(heap, performance.memory.usedJSHeapSize); }, 200);
            """);
        await visit.GoAsync($"/jobs/{id}");
        // Whoever looks away before there is a line, and again when there are too many, has a gap first and no empty piece before it.
        await Expect(page.Locator("[data-log-empty]")).ToBeVisibleAsync();
        await visit.LookAwayAsync(true);
        await File.WriteAllTextAsync(go + "1", "", Cancel);
        await site.Server.AwaitLinesAsync(Server.Alice, id, 10_000);
        await visit.LookAwayAsync(false);
        await Expect(page.Locator(".line").First).ToBeAttachedAsync();
        await CoversAsync(page, 10_000);
        Assert.Equal(9_900, await page.Locator(".gap").EvaluateAsync<int>("gap => Number(gap.dataset.to)"));

        await page.EvaluateAsync("tasks.length = 0; window.drawn = 0; new MutationObserver(() => drawn++).observe(document.getElementById('log'), { childList: true })");
        await File.WriteAllTextAsync(go + "2", "", Cancel);
        await site.Server.AwaitLinesAsync(Server.Alice, id, 20_000);
        line.Cut();
        var began = Stopwatch.GetTimestamp();
        // By its id: to look for a text among all of them again and again keeps the page longer than what is measured.
        var total = (seconds * 100_000) + 1;
        await Expect(page.Locator($"#L{total}")).ToBeVisibleAsync(new() { Timeout = Site.Flux is null ? 60_000 : 240_000 });
        var took = Stopwatch.GetElapsedTime(began);
        await Expect(page.Locator(".gap").First).ToContainTextAsync("not shown live");
        await Expect(page.Locator("[data-log-count]")).ToContainTextAsync($"{total.ToString("#,0", CultureInfo.InvariantCulture)}");

        var lines = await page.Locator(".line").CountAsync();
        var tasks = await page.EvaluateAsync<double[]>("tasks");
        var drawn = await page.EvaluateAsync<int>("drawn");
        var sizes = await page.EvaluateAsync<double[]>("[heap / 1048576, performance.memory.usedJSHeapSize / 1048576, document.querySelectorAll('*').length]");
        output.WriteLine($"{total} lines, the last seen {took.TotalSeconds:0.0} s after the first; {lines} in the page, {await page.Locator(".gap").CountAsync()} gaps; drawn {drawn} times; {tasks.Length} long tasks, "
            + $"the longest {tasks.DefaultIfEmpty().Max()} ms; heap {sizes[0]:0.0} MiB at most, {sizes[1]:0.0} MiB at the end; {sizes[2]} elements");
        Assert.True(lines <= 5_000, $"{lines}");

        // Lines and gaps together are all there is, in order, each line with its own words; a gap can be loaded, and so can all of it.
        await CoversAsync(page, total);
        var gap = page.Locator(".gap").First;
        var from = await gap.GetAttributeAsync("data-from");
        await gap.GetByRole(AriaRole.Link, new() { Name = "load the first 1,000" }).ClickAsync();
        await Expect(page.Locator($"#L{from}")).ToBeAttachedAsync();
        var to = int.Parse((await gap.GetAttributeAsync("data-to"))!, CultureInfo.InvariantCulture);
        await gap.GetByRole(AriaRole.Link, new() { Name = "the last 1,000" }).ClickAsync();
        await Expect(page.Locator($"#L{to}")).ToBeAttachedAsync();
        await CoversAsync(page, total);
        await page.EvaluateAsync("location.hash = '#L50500'");
        await Expect(page.Locator("#L50500")).ToBeInViewportAsync();
        await CoversAsync(page, total);
        File.Delete(go + "1");
        File.Delete(go + "2");
    }

    private static async Task CoversAsync(IPage page, int total)
    {
        var pieces = await page.EvaluateAsync<int[][]>(
            "[...document.querySelectorAll('#log > :not(.begun)')].map(part => part.matches('.gap') ? [Number(part.dataset.from), Number(part.dataset.to), 0] : [Number(part.firstElementChild.id.slice(1)), Number(part.lastElementChild.id.slice(1)), part.childElementCount])");
        // What is far above is taken out of a page that is followed and holds five thousand lines, and comes again when somebody scrolls there.
        var next = total > 10_000 ? pieces[0][0] : 1;
        foreach (var piece in pieces)
        {
            Assert.Equal(next, piece[0]);
            Assert.True(piece[2] == 0 || piece[2] == piece[1] - piece[0] + 1);
            next = piece[1] + 1;
        }

        Assert.Equal(total + 1, next);
        Assert.Equal(0, await page.EvaluateAsync<int>(
            "total => [...document.querySelectorAll('.line')].filter(line => line.lastElementChild.textContent !== (line.id === `L${total}` && total % 10000 === 1 ? 'the last' : String((line.id.slice(1) - 1) % 10000 + 1))).length", total));
    }

    // As many as the embedded broker keeps of a job; a real one keeps them all.
    [Fact]
    public async Task Of_very_many_lines_every_one_can_be_reached_and_the_count_is_that_of_grep()
    {
        var count = Site.Flux is null ? 400_000 : 1_000_000;
        var id = await site.Server.RunAsync(Server.Alice, "many", "sh", "-c", $"seq 1 {count}; exit 1");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        var began = Stopwatch.GetTimestamp();
        await visit.GoAsync($"/jobs/{id}");
        await Expect(page.Locator(".line").First).ToBeAttachedAsync();
        var opened = Lap();
        await Expect(page.GetByText(string.Create(CultureInfo.InvariantCulture, $"{count:#,0} of {count:#,0}"))).ToBeVisibleAsync(new() { Timeout = 90_000 });
        var read = Lap();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("9999");
        await page.Keyboard.PressAsync("Enter");
        var total = Enumerable.Range(1, count).Count(i => $"{i}".Contains("9999", StringComparison.Ordinal));
        await Expect(page.Locator("#log-found")).ToContainTextAsync($"1 of {total}", new() { Timeout = 60_000 });
        await Expect(page.Locator("#L9999")).ToBeInViewportAsync();
        var found = Lap();
        await page.EvaluateAsync($"location.hash = '#L{count / 2}'");
        await Expect(page.Locator($"#L{count / 2}")).ToBeInViewportAsync(new() { Timeout = 60_000 });
        Assert.Equal($"{count / 2}", await page.Locator($"#L{count / 2} .text").TextContentAsync());
        Assert.True(await page.Locator(".line").CountAsync() <= 50_000);
        output.WriteLine($"{count} lines: first lines after {opened:0.0} s, all known {read:0.0} s later, searched in {found:0.0} s, in the middle after {Lap():0.0} s");

        double Lap()
        {
            var lap = Stopwatch.GetElapsedTime(began);
            began = Stopwatch.GetTimestamp();
            return lap.TotalSeconds;
        }
    }

    [Fact]
    public async Task P1_fifty_who_look_at_a_silent_job_are_served_and_everybody_else_too()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, "silence", "sleep", "600");
        await site.Server.AwaitStatusAsync(Server.Alice, id, "RUN");
        using var client = site.Server.ClientFor(Server.Alice);
        var streams = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            client.GetAsync($"/ui/jobs/{id}/output/live", HttpCompletionOption.ResponseHeadersRead, Cancel)));
        try
        {
            Assert.All(streams, stream => Assert.True(stream.IsSuccessStatusCode));
            await using var visit = await site.VisitAsAsync(Server.Alice);
            await visit.GoAsync($"/jobs/{id}");
            await Expect(visit.Page.GetByText("No output yet")).ToBeVisibleAsync();
            await using var other = await site.VisitAsAsync(Server.Bob);
            await other.GoAsync("/jobs");
            await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "Jobs" })).ToBeVisibleAsync();
        }
        finally
        {
            Array.ForEach(streams, stream => stream.Dispose());
            await site.Server.CancelAsync(Server.Alice, id);
        }
    }
}
