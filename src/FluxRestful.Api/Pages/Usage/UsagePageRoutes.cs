using System.Globalization;
using System.Text;
using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Usage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Usage;

/// <summary>Who has used how much, as a table with bars and as CSV.</summary>
internal static class UsagePageRoutes
{
    internal static void MapUsagePage(this IEndpointRouteBuilder pages)
    {
        var reads = pages.MapGroup("").Requires(Permission.JobsRead);
        reads.MapGet("/usage", Show);
        reads.MapGet("/usage.csv", Download);
    }

    internal static async Task<RazorComponentResult> Show(string? range, UsageReader usage, TenantJobs jobs, CancellationToken cancellationToken) =>
        Page.Of<UsagePage>(
            (nameof(UsagePage.Report), await usage.ReadAsync(Known(range), cancellationToken)), (nameof(UsagePage.Everybody), jobs.MeasuresEverybody));

    internal static async Task<FileContentHttpResult> Download(string? range, UsageReader usage, CancellationToken cancellationToken)
    {
        var report = await usage.ReadAsync(Known(range), cancellationToken);
        var text = new StringBuilder("user,core_hours,gpu_hours,ended,completed,failed,canceled,timeout,failure_share,active\r\n");
        foreach (var row in report.Tenants)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.User},{row.CoreHours},{row.GpuHours},{row.Ended},{row.Completed},{row.Failed},{row.Canceled},{row.Timeout},{row.FailureShare},{row.Active}\r\n");
        }

        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"usage-{report.Range}.csv");
    }

    private static string Known(string? range) => range is not null && UsageReader.IsKnown(range) ? range : UsageReader.Usual;
}
