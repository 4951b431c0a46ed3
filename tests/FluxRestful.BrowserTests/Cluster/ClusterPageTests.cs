using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Cluster;

public sealed class ClusterPageTests(Site site)
{
    [Fact]
    public async Task P22_nodes_are_shown_by_rank_with_what_is_free()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/cluster");
        await Expect(visit.Page.GetByRole(AriaRole.Table, new() { Name = "Nodes by rank" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(Site.Flux is null ? 2 : 5);
        await Expect(visit.Page.GetByRole(AriaRole.Table, new() { Name = "Queues" })).ToContainTextAsync("Open");
        await visit.LooksRightAsync("cluster");
    }
}
