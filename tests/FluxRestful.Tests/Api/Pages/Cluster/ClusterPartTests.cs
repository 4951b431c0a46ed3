using FluxRestful.Api.Pages.Charts;
using FluxRestful.Api.Pages.Cluster;
using FluxRestful.Contracts.Cluster;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Tests.Api.Pages.Cluster;

public sealed class ClusterPartTests
{
    [Fact]
    public async Task Thousands_of_nodes_are_two_letters_each_and_a_table_by_pages()
    {
        var html = await RenderAsync(5000, first: 0);
        Assert.Contains("<canvas", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg class=\"node-map\"", html, StringComparison.Ordinal);
        Assert.Equal(500, html.Split("/jobs?state=all&amp;node=").Length - 1);
        Assert.Contains("1–500 of 5000", html, StringComparison.Ordinal);
        Assert.Contains("/cluster?nodes=500", html, StringComparison.Ordinal);
        Assert.Contains("4501–5000 of 5000", await RenderAsync(5000, first: 4500), StringComparison.Ordinal);
        Assert.Contains("/cluster?range=7d&amp;nodes=500", await RenderAsync(5000, first: 0, range: "7d"), StringComparison.Ordinal);
        foreach (var beyond in (int[])[5000, int.MaxValue])
        {
            Assert.Contains("1–500 of 5000", await RenderAsync(5000, beyond), StringComparison.Ordinal);
        }

        Assert.True(html.Length < 400_000, $"{html.Length}");
    }

    [Fact]
    public async Task A_small_map_is_drawn_by_the_server_and_says_when_hosts_repeat()
    {
        var html = await RenderAsync(4, first: 0, host: "vm");
        Assert.Contains("<svg class=\"node-map\"", html, StringComparison.Ordinal);
        Assert.Contains("told apart by their rank", html, StringComparison.Ordinal);
        Assert.DoesNotContain("told apart", await RenderAsync(4, first: 0), StringComparison.Ordinal);
    }

    private static async Task<string> RenderAsync(int count, int first, string? host = null, string? range = null)
    {
        Node[] nodes =
        [
            .. Enumerable.Range(0, count).Select(rank => new Node(rank, host ?? $"node{rank}", (NodeState)(rank % 7), true, 64, rank % 7 == 1 ? 32 : 0, 0, 0, [])),
        ];
        var total = new ResourceCount(count, count * 64L, 0);
        var view = new ClusterPageView(
            new HistoryAddress { Place = HistoryAddress.Cluster, Nodes = $"{first}", Range = range },
            new InstanceInfo("flux-restful", "1", "v1", "flux", "0.88.0", 0, count, "run"), new Contracts.Cluster.Resources(total, total, total, total), nodes, []);
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ClusterPart>(
            ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ClusterPart.View)] = view }))).ToHtmlString());
    }
}
