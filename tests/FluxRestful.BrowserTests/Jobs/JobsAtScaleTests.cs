using System.Text.Json;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

/// <summary>No job, one, a page and one more, ten thousand: one test, for jobs stay.</summary>
public sealed class JobsAtScaleTests(Site site)
{
    private static readonly string[] Nothing = ["true"];

    [Fact]
    public async Task P9_P18_none_one_51_and_ten_thousand_jobs_are_shown_sorted_paged_exported_and_canceled_200_at_once()
    {
        await using var visit = await site.VisitAsAsync(Server.Carol);
        var page = visit.Page;
        await visit.GoAsync("/jobs");
        await Expect(page.GetByText("There are no jobs yet.")).ToBeVisibleAsync();
        await visit.LooksRightAsync("jobs-empty");

        var only = await site.Server.SubmitAsync(Server.Carol, new { name = "only", command = Nothing, urgency = 0 });
        await Expect(page.Locator($"tr[id='job-{only}']")).ToBeVisibleAsync();
        await site.Server.SubmitHeldAsync(Server.Carol, "many", 50);
        await visit.GoAsync("/jobs");
        await Expect(page.GetByText("1–50 of 51")).ToBeVisibleAsync();
        await Link(page, "Next").ClickAsync();
        await Expect(page.GetByText("51–51 of 51")).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("only");
        await Link(page, "Previous").ClickAsync();
        await Expect(page.GetByText("1–50 of 51")).ToBeVisibleAsync();

        await site.Server.SubmitHeldAsync(Server.Carol, "many", 9_949);
        await visit.GoAsync("/jobs");
        await Expect(page.GetByText("1–50 of 10,000")).ToBeVisibleAsync();
        await Link(page, "Last").ClickAsync();
        await Expect(page.GetByText("9,951–10,000 of 10,000")).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr").Last).ToContainTextAsync("only");
        await Link(page, "Previous").ClickAsync();
        await Expect(page.GetByText("9,901–9,950 of 10,000")).ToBeVisibleAsync();
        await Link(page, "Next").ClickAsync();
        await Expect(page.GetByText("9,951–10,000 of 10,000")).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr").Last).ToContainTextAsync("only");

        await SortsAsync(visit);
        await ExportsAsync(visit);

        await visit.GoAsync("/jobs?limit=200&sort=name");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all on this page" }).CheckAsync();
        await Expect(page.GetByText("200 selected on this page")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select all 10,000 that match" }).ClickAsync();
        await Expect(page.GetByText("All 10,000 that match are selected")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel selected…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Cancel 10,000 jobs?" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all on this page" }).UncheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all on this page" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel selected…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Cancel 200 jobs?" });
        await Expect(dialog.GetByText("200 held.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Reason").FillAsync("too many of them");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel 200 jobs" }).ClickAsync();
        await Expect(page.GetByText("200 jobs canceled.")).ToBeVisibleAsync();
        await visit.GoAsync("/jobs?state=canceled&limit=20");
        await Expect(page.GetByText("1–20 of 200")).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("too many of them");
    }

    private static async Task SortsAsync(Visit visit)
    {
        var page = visit.Page;
        await visit.GoAsync("/jobs?limit=20&columns=id,queue,resources,submitted,time,urgency,priority,tasks,limit");
        var columns = await page.Locator("thead th a").AllInnerTextsAsync();
        Assert.Equal(10, columns.Count);
        foreach (var column in columns)
        {
            var directions = new List<string?>();
            for (var turn = 0; turn < 2; turn++)
            {
                await page.GetByRole(AriaRole.Columnheader, new() { Name = column.Trim(), Exact = true }).GetByRole(AriaRole.Link).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = column.Trim(), Exact = true })).ToHaveAttributeAsync("aria-sort", new System.Text.RegularExpressions.Regex("ending"));
                directions.Add(await page.Locator("th[aria-sort]").GetAttributeAsync("aria-sort"));
                // What is alike in it stands in one order, however often it is asked for.
                var order = await RowsAsync(page);
                await page.ReloadAsync();
                Assert.Equal(order, await RowsAsync(page));
            }

            Assert.Equal(2, directions.Distinct().Count());
        }
    }

    private static Task<string[]> RowsAsync(IPage page) => page.EvaluateAsync<string[]>("[...document.querySelectorAll('tbody tr')].map(row => row.id)");

    private static async Task ExportsAsync(Visit visit)
    {
        var page = visit.Page;
        await visit.GoAsync("/jobs?text=many&sort=name");
        var lines = (await DownloadAsync(page, "CSV")).TrimEnd().Split("\r\n");
        Assert.Equal(1 + 9_999, lines.Length);
        Assert.StartsWith("id,decimal_id,status,name,command,user,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",SCHED,many-00000,work --part 0,carol,", lines[1], StringComparison.Ordinal);
        var json = JsonElement.Parse(await DownloadAsync(page, "JSON"));
        Assert.Equal(9_999, json.GetProperty("jobs").GetArrayLength());
    }

    private static async Task<string> DownloadAsync(IPage page, string format)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#export").GetByRole(AriaRole.Link, new() { Name = format }).ClickAsync());
        await page.Keyboard.PressAsync("Escape");
        return await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
    }

    private static ILocator Link(IPage page, string name) => page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
}
