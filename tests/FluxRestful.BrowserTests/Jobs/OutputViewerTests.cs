using System.IO.Compression;
using System.Text.RegularExpressions;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

/// <summary>Where the output is opened, how one moves in it, and what is taken from it.</summary>
public sealed class OutputViewerTests(Site site)
{
    private static readonly string[] Words = ["one", "two words", "three"];

    private static readonly string[] TwoTasks = ["sh", "-c", "for i in 1 2 3; do echo task $FLUX_TASK_RANK says $i; done; echo err $FLUX_TASK_RANK >&2"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_long_output_the_end_is_shown_and_the_rest_is_reached_upwards_by_search_and_by_address()
    {
        var id = await site.Server.RunAsync(Server.Alice, "long", "sh", "-c", "seq 1 12000; exit 4");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await Expect(page.GetByText("Lines 10,001–12,000 of 12,000")).ToBeVisibleAsync();
        await Expect(page.Locator("#L12000")).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Earlier lines" }).ClickAsync();
        await Expect(page.GetByText("Lines 9,001–12,000 of 12,000")).ToBeVisibleAsync();
        await Expect(page.Locator("#L12000")).ToBeInViewportAsync();

        await visit.GoAsync($"/jobs/{id}#L5000-L5003");
        await Expect(page.Locator("#L5000")).ToBeInViewportAsync();
        await Expect(page.Locator(".marked")).ToHaveCountAsync(4);
        await page.Locator("#L5006 .no").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.Locator(".marked")).ToHaveCountAsync(7);
        Assert.EndsWith("#L5000-L5006", page.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("777");
        await page.Keyboard.PressAsync("Enter");
        var total = Enumerable.Range(1, 12000).Count(i => $"{i}".Contains("777", StringComparison.Ordinal));
        await Expect(page.Locator("#log-found")).ToContainTextAsync($"1 of {total}");
        await Expect(page.Locator("#L777")).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next match" }).ClickAsync();
        await Expect(page.Locator("#log-found")).ToContainTextAsync($"2 of {total}");
        await Expect(page.Locator("#L1777")).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Previous match" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Previous match" }).ClickAsync();
        await Expect(page.Locator("#log-found")).ToContainTextAsync($"{total} of {total}");
        await Expect(page.Locator("#L11777")).ToBeInViewportAsync();

        // What lies between can be loaded, and then is there once.
        await visit.GoAsync($"/jobs/{id}#L9500");
        await Expect(page.Locator("#L9500")).ToBeInViewportAsync();
        var numbers = await page.EvaluateAsync<int[]>("[...document.querySelectorAll('.line')].map(line => Number(line.id.slice(1)))");
        Assert.Equal(numbers.Order().Distinct(), numbers);
    }

    [Fact]
    public async Task A_search_takes_case_and_expressions_and_shows_only_what_matches_with_lines_around()
    {
        var id = await site.Server.RunAsync(Server.Alice, "needles", "sh", "-c", "for i in $(seq 1 300); do echo hay $i; done; echo Needle 1; echo needle 2; echo 'a.b'; seq 1 100; echo axb");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await FindAsync("needle", "1 of 2");
        await visit.LooksRightAsync("job-search");
        await page.GetByLabel("Match case").CheckAsync(new() { Force = true });
        await FindAsync("needle", "1 of 1");
        await FindAsync("a.b", "1 of 1");
        await page.GetByLabel("Regular expression").CheckAsync(new() { Force = true });
        await FindAsync("a.b", "1 of 2");
        await FindAsync("^hay 2..$", "1 of 100");
        await FindAsync("[", "no regular expression");
        await FindAsync("(a)\\1", "references back");
        await FindAsync("no such words", "No line matches");

        await visit.GoAsync($"/jobs/{id}?q=needle&only=1&context=1");
        await Expect(page.GetByText("2 of 404 lines")).ToBeVisibleAsync();
        await Expect(page.Locator(".line")).ToHaveCountAsync(4);
        await Expect(page.Locator(".line.context")).ToHaveCountAsync(2);
        await visit.LooksRightAsync("job-matches");

        async Task FindAsync(string text, string told)
        {
            await page.GetByRole(AriaRole.Searchbox).FillAsync(text);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("#log-found")).ToContainTextAsync(told);
        }
    }

    // In the log, and not only behind its edge.
    private const string Sees =
        "name => { const [box, line] = [document.getElementById('log'), document.querySelector(name)].map(part => part.getBoundingClientRect()); return line.top >= box.top && line.bottom <= box.bottom; }";

    [Fact]
    public async Task What_failed_is_opened_at_its_first_error_what_completed_at_its_beginning()
    {
        const string Fails = "seq 1 400; sleep 0.5; echo 'Traceback: no' >&2; sleep 0.5; seq 1 100; exit 3";
        var failed = await site.Server.RunAsync(Server.Alice, "fails", "sh", "-c", Fails);
        var completed = await site.Server.RunAsync(Server.Alice, "completes", "sh", "-c", "seq 1 5000");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/{failed}");
        await Expect(visit.Page.GetByText("Traceback: no")).ToBeInViewportAsync();
        await Expect(visit.Page.GetByText("Opened at the first error-like line")).ToBeVisibleAsync();
        // The rest of the window comes above it, and does not move it.
        await Expect(visit.Page.Locator("#L1")).ToBeAttachedAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>(Sees, "#L401"), "The first error is out of sight.");
        await visit.Page.SetViewportSizeAsync(390, 844);
        Assert.True(await visit.Page.EvaluateAsync<bool>(Sees, "#L401"), "The first error is out of sight in a smaller window.");
        // A picture of the whole page takes the log to its beginning; a window that changes does not.
        await visit.LooksRightAsync("job-failed");
        await visit.GoAsync($"/jobs/{completed}");
        await Expect(visit.Page.GetByText("Lines 1–2,000 of 5,000")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#L1")).ToBeInViewportAsync();
        await visit.Page.Locator("#log").EvaluateAsync("log => log.scrollTop = log.scrollHeight");
        await Expect(visit.Page.GetByText("Lines 1–3,000 of 5,000")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Strange_bytes_long_lines_and_missing_ends_are_shown_and_kept_as_they_are()
    {
        const string Strange = @"printf 'bad \377\376 bytes\n'; head -c 1000000 /dev/zero | tr '\0' x; echo; printf 'bidi \342\200\256 text\n'; printf 'no end'";
        var id = await site.Server.RunAsync(Server.Alice, "strange", "sh", "-c", Strange);
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await Expect(page.Locator("#L1")).ToContainTextAsync(@"bad \xff\xfe bytes");
        await Expect(page.Locator("#L1")).ToContainTextAsync("binary output");
        await Expect(page.Locator("#L3")).ToContainTextAsync("bidi ⟨U+202E⟩ text");
        await Expect(page.Locator("#L4")).ToContainTextAsync("no line end");
        await visit.LooksRightAsync("job-strange");
        await page.GetByRole(AriaRole.Link, new() { Name = "show all" }).ClickAsync();
        await Expect(page.Locator("#L2 .cut")).ToHaveCountAsync(0);
        Assert.Equal(1_000_000, (await page.Locator("#L2 .text").TextContentAsync())!.Length);

        using var client = site.Server.ClientFor(Server.Alice);
        var raw = await client.GetByteArrayAsync($"/jobs/{id}/output.txt", Cancel);
        Assert.Equal([.. "bad \xff\xfe bytes\n"u8.ToArray()[..4], 0xff, 0xfe, .. " bytes\n"u8], raw[..13]);
        Assert.EndsWith("no end", System.Text.Encoding.UTF8.GetString(raw), StringComparison.Ordinal);
        await using var packed = new GZipStream(await client.GetStreamAsync($"/jobs/{id}/output.txt.gz", Cancel), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await packed.CopyToAsync(unpacked, Cancel);
        Assert.Equal(raw, unpacked.ToArray());
    }

    [Fact]
    public async Task Tasks_are_told_apart_filtered_and_shown_one_after_the_other()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, new { name = "tasks", tasks = 2, command = TwoTasks });
        await site.Server.AwaitStatusAsync(Server.Alice, id, "COMPLETED");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}?time=start");
        await Expect(page.Locator(".line")).ToHaveCountAsync(8);
        await Expect(page.Locator(".line .rank")).ToHaveCountAsync(8);
        await Expect(page.Locator(".line .at").First).ToContainTextAsync("+");
        await visit.LooksRightAsync("job-tasks");
        await page.GetByText("View (1)").ClickAsync();
        await page.GetByLabel("Tasks").FillAsync("1");
        await page.GetByLabel("Stream").SelectOptionAsync("stdout");
        await visit.LooksRightAsync("job-view");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByText("3 of 8 lines")).ToBeVisibleAsync();
        await visit.GoAsync($"/jobs/{id}?group=1");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Task 1" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("job-grouped");

        using var client = site.Server.ClientFor(Server.Alice);
        Assert.Equal(2, (await client.GetStringAsync($"/jobs/{id}/output.txt?stream=stderr", Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Matches(new Regex(@"^\d{4}-\d\d-\d\dT[0-9:.]+Z std(out|err)\[[01]\]: "), await client.GetStringAsync($"/jobs/{id}/output.txt?time=clock", Cancel));
    }

    [Fact]
    public async Task What_is_copied_has_no_numbers_and_the_browser_finds_what_is_there()
    {
        var id = await site.Server.RunAsync(Server.Alice, "copied", "sh", "-c", "echo one; echo two words; echo three");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/{id}?time=clock");
        await Expect(visit.Page.Locator("#L3")).ToBeVisibleAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.find('two words')"));
        var copied = await visit.Page.EvaluateAsync<string>("getSelection().selectAllChildren(document.getElementById('log')), getSelection().toString()");
        Assert.Equal(Words, copied.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Without_scripts_the_output_is_read_searched_and_turned_over()
    {
        var id = await site.Server.RunAsync(Server.Alice, "plain", "sh", "-c", "seq 1 6000; exit 2");
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { JavaScriptEnabled = false });
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await Expect(page.GetByText("Lines 5,801–6,000 of 6,000")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Earlier lines" }).ClickAsync();
        await Expect(page.GetByText("Lines 4,801–5,800 of 6,000")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("599");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
        await Expect(page.Locator("#log-found")).ToContainTextAsync("1 of 16");
        await page.GetByRole(AriaRole.Link, new() { Name = "Next match" }).ClickAsync();
        await Expect(page.Locator("#log-found")).ToContainTextAsync("2 of 16");
        await Expect(page.Locator("#L1599")).ToBeVisibleAsync();
    }
}
