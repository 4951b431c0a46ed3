using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Jobs.List;

/// <summary>The table of jobs, whole or its changing part alone, and the way to cancel many.</summary>
internal static class JobsRoutes
{
    internal static void MapJobsPage(this IEndpointRouteBuilder pages)
    {
        var reads = pages.MapGroup("").Requires(Permission.JobsRead);
        reads.MapGet(JobsAddress.Path, Show);
        reads.MapGet("/ui/jobs", ShowPart);
        var writes = pages.MapGroup("").Requires(Permission.JobsWrite);
        writes.MapGet("/jobs/cancel", CancelJobs.Ask).Requires(Permission.JobsRead);
        writes.MapPost("/jobs/cancel", CancelJobs.Do).ChecksForm();
    }

    internal static async Task<RazorComponentResult> Show(
        [AsParameters] JobsAddress address, int? canceled, int? late, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken) =>
        Page.Of<JobsPage>(
            (nameof(JobsPage.View), await ReadAsync(address, jobs, tenant, cancellationToken)),
            (nameof(JobsPage.Canceled), canceled),
            (nameof(JobsPage.Late), late));

    /// <summary>What changes while one looks: tabs, rows, foot. The same component as in the page.</summary>
    internal static async Task<RazorComponentResult> ShowPart(
        [AsParameters] JobsAddress address, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken) =>
        Page.Of<JobsPart>((nameof(JobsPart.View), await ReadAsync(address, jobs, tenant, cancellationToken)));

    private static async Task<JobsView> ReadAsync(JobsAddress address, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken)
    {
        var everybody = ShowsEverybody(address, tenant);
        var page = await jobs.ListAsync(address.Query(mine: !everybody), cancellationToken);
        return new JobsView(
            address, [.. page.Jobs.Select(entry => new JobsRow(entry.Record, everybody ? entry.OwnerName : null))], Tabs(page.Counts), page.Matching,
            page.Next?.ToString(), page.Now, everybody, jobs.Age);
    }

    /// <summary>One's own jobs first; everybody's are a choice, and a right.</summary>
    internal static bool ShowsEverybody(JobsAddress address, CurrentTenant tenant) => address.Scope == "all" && tenant.May(Permission.JobsReadAll);

    internal static List<JobsTab> Tabs(JobCounts counts) =>
    [
        new(null, "All", counts.Total),
        new("active", "Active", counts.Pending + counts.Running),
        new("pending", "Pending", counts.Pending),
        new("running", "Running", counts.Running),
        new("completed", "Completed", counts.Completed),
        new("failed", "Failed", counts.Failed),
        new("canceled", "Canceled", counts.Canceled),
        new("timeout", "Timeout", counts.Timeout),
    ];
}
