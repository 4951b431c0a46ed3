using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

/// <summary>How a job ended is said in one sentence, and the tab of the browser tells it too.</summary>
public sealed class JobEndTests(Site site)
{
    private static readonly string[] Sleep = ["sleep", "600"];
    private static readonly string[] True = ["true"];
    private static readonly string[] NoCommand = ["/no/such/command"];

    [Theory]
    [InlineData("true", "Completed after", "✓ ends · Completed")]
    [InlineData("exit 3", "Failed after", "✗ ends · Failed")]
    [InlineData("kill -KILL $$", "signal 9 (Killed)", "✗ ends · Failed")]
    public async Task What_ran_says_how_it_ended(string script, string sentence, string title)
    {
        var id = await site.Server.RunAsync(Server.Alice, "ends", "sh", "-c", script);
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await ShowsAsync(visit, id, sentence, title);
    }

    [Fact]
    public async Task What_took_too_long_does_not_exist_waits_for_the_impossible_or_never_fits_says_so()
    {
        var late = await site.Server.SubmitAsync(Server.Alice, new { name = "late", command = Sleep, duration = 1 });
        var missing = await site.Server.SubmitAsync(Server.Alice, new { name = "missing", command = NoCommand });
        var huge = await site.Server.SubmitAsync(Server.Alice, new { name = "huge", command = True, nodes = 99, exclusive = true });
        var first = await site.Server.SubmitAsync(Server.Alice, "first", "sh", "-c", "sleep 1; exit 1");
        var second = await site.Server.SubmitAsync(Server.Alice, new { name = "second", command = True, dependencies = new[] { $"afterok:{first}" } });
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/{second}?tab=details");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = first })).ToBeVisibleAsync();
        foreach (var id in (string[])[late, missing, huge, second])
        {
            await site.Server.AwaitStatusAsync(Server.Alice, id, "FAILED", "TIMEOUT", "CANCELED");
        }

        await ShowsAsync(visit, late, "it reached its time limit of 1 s", "✗ late · Timeout");
        await ShowsAsync(visit, missing, "exit 127: command not found", "✗ missing · Failed");
        await ShowsAsync(visit, huge, "this can never run here", "✗ huge · Failed");
        await visit.LooksRightAsync("job-never");
        await ShowsAsync(visit, second, "Never ran: what it waited for can not happen any more", "✗ second · Failed");
        await visit.GoAsync($"/jobs/{second}?tab=events");
        await Expect(visit.Page.GetByLabel("Exception").GetByText("dependency", new() { Exact = true })).ToBeVisibleAsync();
        await visit.LooksRightAsync("job-exception");
    }

    [Fact]
    public async Task What_was_canceled_tells_the_reason_while_one_looks()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, "stopped", Sleep);
        await site.Server.AwaitStatusAsync(Server.Alice, id, "RUN");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/{id}");
        await Expect(visit.Page).ToHaveTitleAsync("▶ stopped · Running · FluxRestful");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel…" }).ClickAsync();
        await visit.Page.GetByLabel("Reason").FillAsync("not <b>needed</b> any more");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel job" }).ClickAsync();
        await Expect(visit.Page.GetByText("not <b>needed</b> any more")).ToBeVisibleAsync();
        await Expect(visit.Page).ToHaveTitleAsync("⊘ stopped · Canceled · FluxRestful");
    }

    private static async Task ShowsAsync(Visit visit, string id, string sentence, string title)
    {
        await visit.GoAsync($"/jobs/{id}");
        await Expect(visit.Page.Locator(".job-sentence")).ToContainTextAsync(sentence);
        await Expect(visit.Page).ToHaveTitleAsync(title + " · FluxRestful");
    }
}
