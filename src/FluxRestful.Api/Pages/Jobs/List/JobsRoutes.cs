using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Pages.Jobs.List.Cancel;
using FluxRestful.Api.Pages.Jobs.List.Export;
using FluxRestful.Api.Pages.Preferences;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Jobs.List;

/// <summary>The table of jobs, whole or its changing part alone, as a file, and the way to cancel many.</summary>
internal static class JobsRoutes
{
    internal static void MapJobsPage(this IEndpointRouteBuilder pages)
    {
        var reads = pages.MapGroup("").Requires(Permission.JobsRead);
        reads.MapGet(JobsAddress.Path, Show);
        reads.MapGet("/ui/jobs", ShowPart);
        reads.MapGet("/jobs/export", ExportJobs.Send);
        reads.MapPost("/ui/jobs/look", ChooseLook).ChecksForm();
        var writes = pages.MapGroup("").Requires(Permission.JobsWrite);
        writes.MapGet("/jobs/cancel", CancelJobs.Ask).Requires(Permission.JobsRead);
        writes.MapPost("/jobs/cancel", CancelJobs.Do).ChecksForm();
    }

    internal static async Task<RazorComponentResult> Show(
        [AsParameters] JobsAddress address, [AsParameters] CancelReport report, HttpContext context, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken) =>
        Page.Of<JobsPage>(
            (nameof(JobsPage.View), await JobsReader.ReadAsync(address, context, jobs, tenant, cancellationToken)),
            (nameof(JobsPage.Report), report));

    /// <summary>What changes while one looks: tabs, rows, foot. The same component as in the page.</summary>
    internal static async Task<RazorComponentResult> ShowPart(
        [AsParameters] JobsAddress address, HttpContext context, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken) =>
        Page.Of<JobsPart>((nameof(JobsPart.View), await JobsReader.ReadAsync(address, context, jobs, tenant, cancellationToken)));

    /// <summary>Which columns, and how close the rows are, for this browser from now on.</summary>
    internal static async Task<RedirectHttpResult> ChooseLook(HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var columns = form["usual"] == "1" ? [] : Look.ReadColumns(string.Join(',', form["column"].OfType<string>()));
        (Look.Of(context.Request) with { IsCompact = form["density"] == "compact", Columns = columns }).SetOn(context.Response);
        return TypedResults.LocalRedirect(Page.Local(form["return"]), preserveMethod: false);
    }
}
