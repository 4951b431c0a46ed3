using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Charts;

public sealed class HistoryTests(Site site)
{
    [Fact]
    public async Task Charts_are_drawn_from_their_tables_and_the_range_is_in_the_address()
    {
        await Past.WriteAsync(site.Server);
        await site.Server.RunAsync(Server.Alice, "for-the-chart", "true");
        await site.Server.RunAsync(Server.Bob, "bobs-secret-name", "false");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/");
        await Expect(visit.Page.Locator("#chart-use canvas")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#chart-jobs canvas")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#chart-ended canvas")).ToBeVisibleAsync();
        await IsDrawnAsync(visit, "#chart-use");
        await Expect(visit.Page.GetByText("bobs-secret-name")).ToHaveCountAsync(0);
        await visit.LooksRightAsync("overview-charts");

        await visit.Page.Locator("#chart-use summary").ClickAsync();
        await Expect(visit.Page.Locator("#chart-use tbody tr").First).ToBeVisibleAsync();
        await visit.LooksRightAsync("overview-chart-table");
        await visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "How far back" }).GetByRole(AriaRole.Link, new() { Name = "7 d" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("range=7d"));
        await Expect(visit.Page.Locator("#chart-use tbody tr").Nth(300)).ToBeAttachedAsync();
        await visit.Page.GoBackAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "24 h" })).ToHaveAttributeAsync("aria-current", "true");

        // What is under the pointer is said in words.
        await visit.Page.Locator("#chart-jobs .u-over").HoverAsync();
        await Expect(visit.Page.Locator("#chart-jobs .readout")).ToContainTextAsync("running");

        await visit.GoAsync("/cluster?range=30d&of=nodes");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Nodes in use" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Wait by queue, table" })).ToContainTextAsync("default");
        await visit.LooksRightAsync("cluster-charts");
    }

    [Fact]
    public async Task Without_scripts_a_chart_is_its_table()
    {
        await Past.WriteAsync(site.Server);
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { JavaScriptEnabled = false });
        await visit.GoAsync("/?range=1h");
        await visit.Page.Locator("#chart-use summary").ClickAsync();
        await Expect(visit.Page.Locator("#chart-use tbody tr").First).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#chart-use thead")).ToContainTextAsync("Unusable");
    }

    [Fact]
    public async Task Charts_are_loaded_where_they_are_and_nowhere_else()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var asked = new System.Collections.Concurrent.ConcurrentBag<string>();
        visit.Page.Request += (_, request) => asked.Add(request.Url);
        await visit.GoAsync("/jobs");
        Assert.DoesNotContain(asked, url => url.Contains("uplot", StringComparison.Ordinal));
        await visit.GoAsync("/");
        Assert.Contains(asked, url => url.Contains("uplot", StringComparison.Ordinal));
    }

    // More than a thousand points of the picture are not empty.
    private static async Task IsDrawnAsync(Visit visit, string chart) => await visit.Page.WaitForFunctionAsync(
        """
        chart => {
            const canvas = document.querySelector(`${chart} canvas`);
            return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.filter((value, i) => i % 4 === 3 && value > 100).length > 1000;
        }
        """,
        chart);
}
