using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

public sealed class JobsPageTests(Site site)
{
    private static readonly string[] Nothing = ["true"];
    private static readonly string[] Long = ["sleep", "600"];

    private const string Hostile = "<img src=x onerror=alert(1)>\"';--";

    [Fact]
    public async Task P2_P9_P10_P23_P32_the_table_shows_each_job_with_its_state_in_words_and_why()
    {
        var good = await site.Server.RunAsync(Server.Alice, "looks-good", "true");
        var bad = await site.Server.RunAsync(Server.Alice, "looks-bad", "sh", "-c", "exit 3");
        var lost = await site.Server.RunAsync(Server.Alice, "looks-lost", "no-such-command");
        var running = await site.Server.SubmitAsync(Server.Alice, new { name = "looks-busy", command = Long, duration = "15m" });
        await site.Server.AwaitStatusAsync(Server.Alice, running, "RUN");
        var held = await site.Server.SubmitAsync(Server.Alice, new { name = "looks-held", command = Nothing, urgency = 0 });

        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/jobs?text=looks");
        await Expect(Row(visit, good)).ToContainTextAsync("Completed");
        await Expect(Row(visit, bad)).ToContainTextAsync("exit 3");
        await Expect(Row(visit, lost)).ToContainTextAsync("command not found");
        await Expect(Row(visit, running)).ToContainTextAsync("Running");
        await Expect(Row(visit, held)).ToContainTextAsync("Held");
        await Expect(visit.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("running · Jobs · FluxRestful"));
        await visit.LooksRightAsync("jobs");

        await site.Server.CancelAsync(Server.Alice, running);
        await site.Server.CancelAsync(Server.Alice, held);
    }

    [Fact]
    public async Task P25_a_job_appears_and_goes_through_its_states_without_a_reload()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/jobs?text=walks");
        await Expect(visit.Page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        var id = await site.Server.SubmitAsync(Server.Alice, "walks", "sleep", "600");
        await Expect(Row(visit, id)).ToContainTextAsync("Running");
        await site.Server.CancelAsync(Server.Alice, id);
        await Expect(Row(visit, id)).ToContainTextAsync("Canceled");
    }

    [Fact]
    public async Task Nothing_moves_while_a_row_is_selected_and_a_button_says_that_there_is_more()
    {
        var first = await site.Server.SubmitAsync(Server.Alice, "stays", "sleep", "600");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/jobs?text=stays");
        await Row(visit, first).GetByRole(AriaRole.Checkbox).CheckAsync();
        var second = await site.Server.SubmitAsync(Server.Alice, "stays", "sleep", "600");
        var button = visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("update") });
        await Expect(button).ToBeVisibleAsync();
        await Expect(Row(visit, second)).ToHaveCountAsync(0);
        await button.ClickAsync();
        await Expect(Row(visit, second)).ToBeVisibleAsync();
        await site.Server.CancelAsync(Server.Alice, first);
        await site.Server.CancelAsync(Server.Alice, second);
    }

    [Fact]
    public async Task P6_many_are_canceled_after_a_question_and_no_link_cancels()
    {
        var ids = new[]
        {
            await site.Server.SubmitAsync(Server.Alice, "goes-1", "sleep", "600"), await site.Server.SubmitAsync(Server.Alice, "goes-2", "sleep", "600"),
        };
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/jobs?text=goes-");
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all on this page" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel selected…" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Cancel 2 jobs?" });
        await Expect(dialog).ToBeVisibleAsync();
        await visit.LooksRightAsync("jobs-cancel");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel 2 jobs" }).ClickAsync();
        await Expect(visit.Page.GetByText("2 jobs canceled.")).ToBeVisibleAsync();
        foreach (var id in ids)
        {
            await site.Server.AwaitStatusAsync(Server.Alice, id, "CANCELED");
        }
    }

    [Fact]
    public async Task P4_P17_P18_filters_sort_and_pages_are_in_the_address_and_text_is_only_text()
    {
        for (var i = 0; i < 21; i++)
        {
            await site.Server.SubmitAsync(Server.Bob, new { name = $"page-{i:00}", command = Nothing, urgency = 0 });
        }

        await using var visit = await site.VisitAsAsync(Server.Bob);
        await visit.GoAsync("/jobs?text=page-&limit=20&sort=name");
        await Expect(visit.Page.GetByText("1–20 of 21")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("tbody tr").First).ToContainTextAsync("page-00");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(visit.Page.GetByText("21–21 of 21")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Previous" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Name" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Page.Locator("tbody tr").First).ToContainTextAsync("page-20");

        foreach (var odd in new[] { "[", "%", "'", "ƒ", "😀", Hostile })
        {
            Assert.Equal(200, (await visit.GoAsync("/jobs?text=" + Uri.EscapeDataString(odd))).Status);
            Assert.Equal(odd, await visit.Page.GetByRole(AriaRole.Searchbox).InputValueAsync());
        }

        await Expect(visit.Page.GetByText("No job fits.")).ToBeVisibleAsync();
        await visit.LooksRightAsync("jobs-none");
        await visit.GoAsync("/jobs?text=page-");
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("page-07");
        await Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task P6_somebody_elses_jobs_are_not_there()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, new { name = "secret-of-alice", command = Nothing, urgency = 0 });
        await using var visit = await site.VisitAsAsync(Server.Bob);
        await visit.GoAsync("/jobs?scope=all&text=secret-of-alice");
        await Expect(visit.Page.GetByText("No job fits.")).ToBeVisibleAsync();
        visit.Expects(404);
        Assert.Equal(404, (await visit.GoAsync($"/jobs/{id}")).Status);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no such job here" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("job-unknown");

        await using var super = await site.VisitAsAsync(Server.Superuser);
        await super.GoAsync("/jobs?scope=all&text=secret-of-alice");
        await Expect(Row(super, id)).ToContainTextAsync("alice");
        await super.LooksRightAsync("jobs-everybody");
        await site.Server.CancelAsync(Server.Alice, id);
    }

    [Fact]
    public async Task Without_scripts_one_finds_pages_and_cancels()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, "plain-cancel", "sleep", "600");
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { JavaScriptEnabled = false });
        await visit.GoAsync("/jobs");
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("plain-cancel");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Row(visit, id).GetByRole(AriaRole.Checkbox).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel selected…" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel job", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("1 job canceled.")).ToBeVisibleAsync();
        await site.Server.AwaitStatusAsync(Server.Alice, id, "CANCELED");
    }

    private static ILocator Row(Visit visit, string id) => visit.Page.Locator($"tr[id='job-{id}']");
}
