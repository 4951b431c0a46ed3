using System.Globalization;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Cluster;

public sealed class NodeMapTests(Site site, ITestOutputHelper output)
{
    private const int Count = 5000;

    [Fact]
    public async Task Of_five_thousand_nodes_each_state_looks_different_and_a_click_leads_to_the_jobs_of_the_node()
    {
        await using var cluster = new LargeCluster(Count);
        await using var server = await Server.StartAsync(TestContext.Current.CancellationToken, cluster.Settings);
        await using var visit = await site.VisitAtAsync(server.Address);
        await visit.SignInAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync("/cluster");
        var map = page.Locator("canvas.node-map");
        await Expect(map).ToHaveAttributeAsync("data-columns", new System.Text.RegularExpressions.Regex("."));
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Nodes by rank" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(501);
        var painted = await page.EvaluateAsync<double>(
            "new Promise(done => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(paint => done(paint.startTime))).observe({ type: 'paint', buffered: true }))");
        var drawn = await page.EvaluateAsync<double>("(() => { const start = performance.now(); document.dispatchEvent(new CustomEvent('part-updated')); return performance.now() - start; })()");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count} nodes: first paint {painted:0} ms, the map drawn in {drawn:0.0} ms"));
        Assert.Equal(7, await page.EvaluateAsync<int>(
            """
            () => {
                const pen = document.querySelector("canvas.node-map").getContext("2d");
                const look = i => pen.getImageData(i * 12 * devicePixelRatio, 0, 10 * devicePixelRatio, 10 * devicePixelRatio).data.join();
                return new Set([0, 1, 2, 3, 4, 5, 6].map(look)).size;
            }
            """));
        await Expect(page.Locator("#cluster .legend li")).ToContainTextAsync(
            ["Free 715", "Partly used 715", "In use 714", "Draining 714", "Drained 714", "Down 714", "Excluded 714"]);
        await page.SetViewportSizeAsync(390, 844);
        await Expect(map).ToHaveAttributeAsync("data-columns", new System.Text.RegularExpressions.Regex("^[123].$"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        await page.SetViewportSizeAsync(1280, 900);
        await Expect(map).ToHaveAttributeAsync("data-columns", new System.Text.RegularExpressions.Regex("^(9|1.).$"));

        // The last column of the second row: the map is as wide as it says it is.
        var columns = int.Parse((await map.GetAttributeAsync("data-columns"))!, CultureInfo.InvariantCulture);
        await map.ClickAsync(new() { Position = new() { X = (columns * 12) - 8, Y = 18 } });
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/jobs\\?state=all&node=cpu{(2 * columns) - 1}$"));

        await visit.GoAsync("/cluster");
        await page.GetByRole(AriaRole.Link, new() { Name = "By host name" }).ClickAsync();
        await Expect(page.Locator(".map-group")).ToHaveTextAsync(["cpu 3000", "gpu 2000"]);
        // Drawn, and so listening to the pointer; and nothing above it moves it away any more.
        await page.WaitForLoadStateAsync();
        await Expect(map.Nth(1)).ToHaveAttributeAsync("data-columns", new System.Text.RegularExpressions.Regex("."));
        await map.Nth(1).HoverAsync(new() { Position = new() { X = 18, Y = 6 } });
        await Expect(map.Nth(1)).ToHaveAttributeAsync("title", "gpu1, rank 3001: Down");
        // An update comes while the pointer rests: what it points at is still said.
        await page.EvaluateAsync("async () => (await import(document.querySelector('script[src$=\"/js/app.js\"]').src.replace('app.js', 'live.js'))).update()");
        Assert.Equal("gpu1, rank 3001: Down", await map.Nth(1).GetAttributeAsync("title"));
        await page.GetByRole(AriaRole.Link, new() { Name = "By property" }).ClickAsync();
        await Expect(page.Locator(".map-group")).ToHaveTextAsync(["batch 3000", "debug 2000"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "By queue" }).ClickAsync();
        await Expect(page.Locator(".map-group")).ToHaveTextAsync(["day 3000", "night 2000"]);
    }

    [Fact]
    public async Task Of_some_nodes_each_is_told_in_words_and_leads_to_its_jobs()
    {
        await using var cluster = new LargeCluster(70);
        await using var server = await Server.StartAsync(TestContext.Current.CancellationToken, cluster.Settings);
        await using var visit = await site.VisitAtAsync(server.Address);
        await visit.SignInAsync(Server.Alice);
        await visit.GoAsync("/cluster?groups=host");
        var page = visit.Page;

        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Queues" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "day" })).ToContainTextAsync("up to 2 h 00 m · up to 8 nodes · on nodes with batch");

        // The wait is told by queue, with the rest of the address kept.
        var queues = page.GetByRole(AriaRole.Navigation, new() { Name = "Wait in which queue" });
        await Expect(queues.GetByRole(AriaRole.Link)).ToHaveTextAsync(["All queues", "day", "night"]);
        await Expect(page.Locator("#chart-waits figcaption")).ToContainTextAsync("minutes");
        await queues.GetByRole(AriaRole.Link, new() { Name = "day" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/cluster\?wait=day&groups=host$"));
        await Expect(page.Locator("#chart-waits figcaption")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Wait of the jobs that started in the queue day, each hour.*seconds"));
        await page.GetByRole(AriaRole.Navigation, new() { Name = "How far back" }).GetByRole(AriaRole.Link, new() { Name = "7 d" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/cluster\?range=7d&wait=day&groups=host$"));
        await Expect(queues.GetByRole(AriaRole.Link, new() { Name = "day" })).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "How long jobs waited in the last 7 d, by queue" }).GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(["day", "night"]);
        await Expect(page.Locator("#chart-waits canvas")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("svg.node-map")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator("svg.node-map title").Nth(1)).ToHaveTextAsync("cpu1, rank 1: Partly used, 4 of 8 cores in use");
        Assert.Equal(7, await visit.Page.EvaluateAsync<int>("new Set([...document.querySelectorAll('svg.node-map [data-host]')].map(node => node.innerHTML.replace(/<title>.*<.title>/, ''))).size"));
        await visit.LooksRightAsync("cluster-70");
        await visit.Page.Locator("svg.node-map [data-host=gpu3]").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/jobs\\?state=all&node=gpu3$"));
    }
}
