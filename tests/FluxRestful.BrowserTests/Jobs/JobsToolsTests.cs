using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

public sealed class JobsToolsTests(Site site)
{
    private static readonly string[] Nothing = ["true"];
    private static readonly string[] Hostile = ["printf", "<script>alert(1)</script>", "a\u202Eb", "=cmd|' /C calc'!A0"];

    [Fact]
    public async Task Filters_are_chips_and_in_the_address_and_back_leads_back()
    {
        var id = await site.Server.RunAsync(Server.Alice, "filtered-one", "sh", "-c", "echo needle in a haystack");
        await site.Server.RunAsync(Server.Alice, "filtered-two", "true");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync("/jobs?text=filtered");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("\"in a haystack\" filtered needle");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator($"tr[id='job-{id}'] .command")).ToHaveTextAsync("sh -c echo needle in a haystack");
        await Expect(page.Locator($"tr[id='job-{id}'] .command")).ToHaveCSSAsync("background-color", "rgba(0, 0, 0, 0)");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("haystack"));
        await page.GoBackAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);

        await page.GetByText("Filters", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Ran at most").FillAsync("1h");
        await page.GetByLabel("Node", new() { Exact = true }).FillAsync("no-such-node");
        await page.GetByLabel("Node", new() { Exact = true }).PressAsync("Tab");
        await Expect(page.GetByText("No job fits.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Without: on node no-such-node" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Without: ran at most 1h" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("jobs-filters");
        await page.GetByRole(AriaRole.Link, new() { Name = "Reset" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[0-9]/jobs$"));

        foreach (var (query, count) in new[] { ("since=2999-01-01", 0), ("until=2001-01-01", 0), ("longer=1h", 0), ("shorter=1h", 2), ("text=f&queue=none", 0), ("since=rubbish&longer=x", 2) })
        {
            await visit.GoAsync($"/jobs?text=filtered&{query}");
            Assert.True(count == await page.Locator("tbody tr").CountAsync() || (query.Contains("text=f&", StringComparison.Ordinal) && count == 0), query);
        }
    }

    [Fact]
    public async Task P27_columns_are_chosen_and_remembered_and_whose_a_job_is_and_when_it_came_are_among_them()
    {
        var id = await site.Server.SubmitAsync(Server.Bob, new { name = "columned", command = Nothing, urgency = 0, duration = "90m" });
        await using var visit = await site.VisitAsAsync(Server.Superuser);
        var page = visit.Page;
        await visit.GoAsync("/jobs?scope=all&text=columned");
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "User" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Submitted" })).ToBeVisibleAsync();
        await Expect(page.Locator($"tr[id='job-{id}']")).ToContainTextAsync("bob");
        await Expect(page.Locator($"tr[id='job-{id}'] time")).ToHaveAttributeAsync("datetime", new System.Text.RegularExpressions.Regex("Z$"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await page.GetByLabel("Urgency").CheckAsync();
        await page.GetByLabel("Time limit").CheckAsync();
        await page.Locator("#columns").GetByLabel("ID", new() { Exact = true }).UncheckAsync();
        await page.GetByLabel("Compact").CheckAsync();
        await visit.LooksRightAsync("jobs-columns");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remember" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Urgency" })).ToBeVisibleAsync();
        await visit.GoAsync("/jobs?scope=all&text=columned");
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Time limit" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "ID" })).ToHaveCountAsync(0);
        await Expect(page.Locator($"tr[id='job-{id}']")).ToContainTextAsync("1 h 30 m");
        await Expect(page.Locator(".command")).ToBeHiddenAsync();
        await visit.LooksRightAsync("jobs-compact");
        await visit.GoAsync("/jobs?scope=all&text=columned&columns=id,priority");
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Priority" })).ToBeVisibleAsync();
        await site.Server.CancelAsync(Server.Bob, id);
    }

    [Fact]
    public async Task A_row_has_a_menu_and_what_somebody_named_a_job_is_only_text_there()
    {
        const string name = "<img src=x onerror=alert(1)>\"'`${7*7}{{7*7}}";
        var id = await site.Server.SubmitAsync(Server.Alice, new { name, command = Hostile, urgency = 0 });
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var page = visit.Page;
        await visit.GoAsync($"/jobs?text={id}");
        var row = page.Locator($"tr[id='job-{id}']");
        await Expect(row.GetByRole(AriaRole.Rowheader)).ToContainTextAsync(name);
        await Expect(row.Locator(".command")).ToContainTextAsync("<script>alert(1)</script>");
        await Expect(row.Locator(".command")).ToContainTextAsync("a\uFFFDb =cmd");
        Assert.Equal("Jobs · FluxRestful", (await page.TitleAsync()).Split("running · ")[^1]);

        await row.GetByRole(AriaRole.Button, new() { Name = $"More about {id}" }).ClickAsync();
        await visit.LooksRightAsync("jobs-menu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy ID", Exact = true }).ClickAsync();
        Assert.Equal(id, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Cancel this job?" });
        await Expect(dialog).ToContainTextAsync(name);
        await page.Keyboard.PressAsync("Escape");
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = $"More about {id}" })).ToBeFocusedAsync();

        await row.GetByRole(AriaRole.Checkbox).CheckAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "CSV", Exact = true }).ClickAsync());
        var csv = await File.ReadAllLinesAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.Equal(2, csv.Length);
        Assert.Contains("\"<img src=x onerror=alert(1)>\"\"'`${7*7}{{7*7}}\"", csv[1], StringComparison.Ordinal);
        await row.GetByRole(AriaRole.Button, new() { Name = $"More about {id}" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Clone" }).ClickAsync();
        await Expect(page.Locator("#name")).ToHaveValueAsync(name);
        await site.Server.CancelAsync(Server.Alice, id);
    }

    [Fact]
    public async Task With_keys_alone_a_job_is_found_selected_and_canceled_and_keys_can_be_switched_off()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, new { name = "keyed", command = Nothing, urgency = 0 });
        await site.Server.SubmitAsync(Server.Alice, new { name = "keyed", command = Nothing, urgency = 0 });
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var page = visit.Page;
        await visit.GoAsync("/jobs?text=keyed&sort=submitted");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByText("1 selected on this page")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("y");
        await Expect(page.GetByText("Copied")).ToBeVisibleAsync();
        Assert.Equal(id, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.Locator($"tr[id='job-{id}'] .c-name a").FocusAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Cancel this job?" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Reason")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("with keys: j x c");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("1 job canceled.")).ToBeVisibleAsync();
        await Expect(page.Locator($"tr[id='job-{id}']")).ToContainTextAsync("with keys: j x c");

        await page.Keyboard.PressAsync("?");
        await page.GetByLabel("Do not use single keys in this browser").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToBeHiddenAsync();
    }
}
