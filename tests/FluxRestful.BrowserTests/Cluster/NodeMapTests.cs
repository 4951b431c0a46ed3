using System.Globalization;
using FluxRestful.BrowserTests.Sites;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Cluster;

public sealed class NodeMapTests(Site site, ITestOutputHelper output)
{
    private const int Count = 5000;

    /// <summary>The map as the server writes it for five thousand nodes, put into the page of the one that there is.</summary>
    [Fact]
    public async Task A_map_of_thousands_is_drawn_and_a_click_leads_to_the_jobs_of_the_node()
    {
        var code = string.Concat(Enumerable.Range(0, Count).Select(rank => $"{"fmagdxe"[rank % 7]}{(rank % 7 == 1 ? 5 : rank % 7 == 2 ? 9 : 0)}"));
        var hosts = string.Join(' ', Enumerable.Range(0, Count).Select(rank => $"node{rank}"));
        var map = $"<section class=\"card\"><canvas class=\"node-map\" role=\"img\" aria-label=\"{Count} nodes\" data-nodes=\"{code}\" data-hosts=\"{hosts}\"></canvas></section>";
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.Page.RouteAsync(url => new Uri(url).AbsolutePath == "/cluster", async route =>
        {
            var answer = await route.FetchAsync();
            var html = await answer.TextAsync();
            await route.FulfillAsync(new() { Response = answer, Body = html.Replace("<div id=\"cluster\"", map + "<div id=\"cluster\"", StringComparison.Ordinal) });
        });
        await visit.GoAsync("/cluster");
        await Expect(visit.Page.Locator("canvas.node-map")).ToBeVisibleAsync();
        Assert.Equal(7, await visit.Page.EvaluateAsync<int>(
            """
            () => {
                const canvas = document.querySelector("canvas.node-map");
                const pen = canvas.getContext("2d");
                const seen = new Set();
                for (let i = 0; i < 7; i++) {
                    seen.add(pen.getImageData(i * 12 * devicePixelRatio, 0, 10, 10).data.join());
                }

                return seen.size + (pen.getImageData(0, canvas.height - 11, 5, 5).data[3] > 0 ? 1 : 0);
            }
            """));
        var milliseconds = await visit.Page.EvaluateAsync<double>("(() => { const start = performance.now(); document.dispatchEvent(new CustomEvent('part-updated')); return performance.now() - start; })()");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count} nodes drawn in {milliseconds:0.0} ms"));
        await visit.LooksRightAsync("cluster-5000");
        await visit.Page.Locator("canvas.node-map").ClickAsync(new() { Position = new() { X = 6 + (12 * 3), Y = 6 } });
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/jobs\\?state=all&node=node3$"));
    }
}
