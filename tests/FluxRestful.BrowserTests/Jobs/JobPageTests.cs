using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

public sealed class JobPageTests(Site site)
{
    private const string AnsiSheet =
        @"printf '\033[1mbold\033[0m \033[31mred\033[0m \033[32mgreen\033[0m \033[33myellow\033[0m \033[34mblue\033[0m \033[35mmagenta\033[0m \033[36mcyan\033[0m \033[7minverse\033[0m\n'; "
        + @"printf '\033[38;5;208morange of 256\033[0m \033[38;2;30;144;255mblue of 24 bits\033[0m\n'; printf 'progress 10%%\rprogress 100%%\n'; "
        + @"printf '\033]0;title\007no title \033]8;;https://example.org/\033\\a link\033]8;;\033\\\n'; echo '<b onclick=alert(1)>not bold</b>'; echo to stderr >&2";

    [Fact]
    public async Task P1_a_running_job_that_has_printed_nothing_is_shown_at_once()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, "silent", "sleep", "600");
        await site.Server.AwaitStatusAsync(Server.Alice, id, "RUN");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/{id}");
        await Expect(visit.Page.GetByText("No output yet")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Running for")).ToBeVisibleAsync();
        await visit.LooksRightAsync("job-silent");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel…" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel job" }).ClickAsync();
        await Expect(visit.Page.Locator("#job .badge")).ToContainTextAsync("Canceled");
        await Expect(visit.Page).ToHaveTitleAsync("⊘ silent · Canceled · FluxRestful");
    }

    [Fact]
    public async Task P21_output_is_shown_in_order_with_colours_and_only_as_text()
    {
        var id = await site.Server.RunAsync(Server.Alice, "colourful", "sh", "-c", AnsiSheet);
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/{id}");
        var log = visit.Page.GetByRole(AriaRole.Log);
        await Expect(log.GetByText("red", new() { Exact = true })).ToHaveClassAsync("fg-1");
        await Expect(log.GetByText("progress 100%")).ToBeVisibleAsync();
        await Expect(log.GetByText("progress 10%", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(log.GetByRole(AriaRole.Link, new() { Name = "a link" })).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
        await Expect(log.GetByText("<b onclick=alert(1)>not bold</b>")).ToBeVisibleAsync();
        await Expect(log.GetByText("to stderr")).ToBeVisibleAsync();
        await visit.LooksRightAsync("job-output");
    }

    [Fact]
    public async Task Lines_arrive_while_the_job_runs_and_one_that_has_no_end_yet_is_shown_as_it_stands()
    {
        var go = Path.Combine(Path.GetTempPath(), $"go-{Guid.NewGuid():N}");
        string Wait(int step) => $"until [ -e {go}{step} ]; do sleep 0.05; done; ";
        var command = $"for i in $(seq 1 40); do echo line $i; done; printf 'has 10%%'; {Wait(1)}printf '\\r\\033[32mhas 20%%'; {Wait(2)}printf '\\rhas 100%%\\033[0m\\nPassword: '; {Wait(3)}echo";
        var shellOptions = new Dictionary<string, object> { ["output.stdout.buffer.type"] = "none" };
        var id = await site.Server.SubmitAsync(Server.Alice, new { name = "counts", command = (string[])["sh", "-c", command], shellOptions });
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/{id}");
        var begun = visit.Page.Locator("#log .begun .text");
        await Expect(visit.Page.Locator("#L40")).ToBeVisibleAsync();
        await Expect(begun).ToHaveTextAsync("has 10%");
        await GoOnAsync(1);
        await Expect(begun).ToHaveTextAsync("has 20%");
        await visit.GoAsync($"/jobs/{id}");
        await Expect(begun).ToHaveTextAsync("has 20%");
        await visit.HasNoBarriersAsync("a line that has begun");
        await GoOnAsync(2);
        await Expect(visit.Page.Locator("#L41 .text")).ToHaveTextAsync("has 100%");
        await Expect(visit.Page.Locator("#L41 .fg-2")).ToBeVisibleAsync();
        await Expect(begun).ToHaveTextAsync("Password:");
        await GoOnAsync(3);
        await Expect(visit.Page.Locator("#job .badge")).ToContainTextAsync("Completed");
        await Expect(begun).ToHaveCountAsync(0);
        var lines = await visit.Page.Locator("#log .text").AllInnerTextsAsync();
        Assert.Equal([.. Enumerable.Range(1, 40).Select(i => $"line {i}"), "has 100%", "Password:"], lines.Select(line => line.Trim()));
        for (var step = 1; step <= 3; step++)
        {
            File.Delete($"{go}{step}");
        }

        Task GoOnAsync(int step) => File.WriteAllTextAsync($"{go}{step}", "", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task P10_P23_P26_details_and_timeline_say_how_it_went()
    {
        var id = await site.Server.RunAsync(Server.Alice, "told", "sh", "-c", "exit 127");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/{id}?tab=details");
        await Expect(visit.Page.GetByText("exit 127: command not found", new() { Exact = true })).ToBeVisibleAsync();
        await visit.LooksRightAsync("job-details");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Ended" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("job-events");
    }

    [Theory]
    [InlineData("banana")]
    [InlineData("123")]
    [InlineData("f12345")]
    [InlineData("%3Cscript%3E")]
    public async Task P19_what_is_no_job_is_a_page_that_says_so(string id)
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(404);
        Assert.Equal(404, (await visit.GoAsync($"/job/{id}?msg=<img src=x onerror=alert(1)>")).Status);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no such job here" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task P5_nobody_reads_output_without_credentials()
    {
        var id = await site.Server.RunAsync(Server.Alice, "private", "echo", "private words");
        using var client = site.Server.ClientFor(Server.Alice);
        client.DefaultRequestHeaders.Authorization = null;
        foreach (var path in new[] { $"/jobs/{id}", $"/jobs/{id}/output.txt", $"/ui/jobs/{id}/output", $"/ui/jobs/{id}", "/ui/events" })
        {
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }
    }
}
