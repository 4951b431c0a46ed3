using FluxRestful.Api.Access;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Cluster.History;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Pages.Charts;
using FluxRestful.Api.Pages.Jobs.List;
using FluxRestful.Api.Pages.Submit.Bounds;
using FluxRestful.Api.Tenants;
using FluxRestful.Core.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Overview;

/// <summary>The first page: one's own jobs, and the cluster.</summary>
internal static class OverviewRoutes
{
    private const int LookedAt = 30;
    private const int Shown = 6;

    internal static void MapOverview(this IEndpointRouteBuilder pages)
    {
        var reads = pages.MapGroup("").Requires(Permission.JobsRead);
        reads.MapGet("/", Show);
        reads.MapGet("/ui/overview", ShowPart);
    }

    internal static async Task<RazorComponentResult> Show(
        [AsParameters] HistoryAddress address, TenantJobs jobs, ClusterReader cluster, SubmitBoundsReader bounds, HistoryReader history, CurrentTenant tenant, CancellationToken cancellationToken) =>
        Page.Of<OverviewPage>(
            (nameof(OverviewPage.View), await ReadAsync(jobs, cluster, bounds, tenant, cancellationToken)),
            (nameof(OverviewPage.History),
                tenant.May(Permission.ClusterRead) ? await HistoryCharts.ReadAsync(history, new HistoryAddress { Range = address.Range }, cancellationToken) : null));

    internal static async Task<RazorComponentResult> ShowPart(
        TenantJobs jobs, ClusterReader cluster, SubmitBoundsReader bounds, CurrentTenant tenant, CancellationToken cancellationToken) =>
        Page.Of<OverviewPart>((nameof(OverviewPart.View), await ReadAsync(jobs, cluster, bounds, tenant, cancellationToken)));

    private static async Task<OverviewView> ReadAsync(
        TenantJobs jobs, ClusterReader cluster, SubmitBoundsReader bounds, CurrentTenant tenant, CancellationToken cancellationToken)
    {
        var query = new JobListQuery
        {
            Filter = new JobFilter { Mine = true, States = JobState.Inactive },
            Order = ListOrder.Find("ended")!,
            Descending = true,
            Limit = LookedAt,
        };
        var page = await jobs.ListAsync(query, cancellationToken);
        var recent = page.Jobs.Select(entry => entry.Record).OrderByDescending(job => job.Result is JobResult.Failed or JobResult.Timeout).Take(Shown);
        (ClusterView? View, DateTimeOffset? Since) seen = default;
        try
        {
            // A token of jobs alone shows jobs alone.
            seen = tenant.May(Permission.ClusterRead) ? await cluster.RecallAsync(cancellationToken) : default;
        }
        catch (Exception failure) when (BrokerProblem.Of(failure) is not null && failure is not OperationCanceledException)
        {
            // The page says so, and shows what is known of the jobs.
        }

        return new OverviewView(
            JobsReader.Tabs(page.Counts),
            [.. recent.Select(job => new JobsRow(job, null))],
            page.Now,
            seen.View?.Resources,
            seen.View?.Nodes ?? [],
            seen.View?.Queues ?? [],
            (await bounds.QuotaAsync(cancellationToken)).Lines,
            seen.View is null ? null : await jobs.FindOldestWaitAsync(cancellationToken),
            seen.Since);
    }
}
