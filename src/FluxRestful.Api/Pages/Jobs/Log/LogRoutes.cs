using System.Globalization;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Endpoints;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>Parts of a job's output, for the page's script; and all of it, to keep.</summary>
internal static class LogRoutes
{
    internal static void MapLog(this IEndpointRouteBuilder reads)
    {
        reads.MapGet("/ui/jobs/{id}/output", ShowLines);
        reads.MapGet("/ui/jobs/{id}/output/live", Follow);
        reads.MapGet("/ui/jobs/{id}/output/found", Find);
        reads.MapGet("/jobs/{id}/output.txt", Download);
        reads.MapGet("/jobs/{id}/output.txt.gz", DownloadPacked);
    }

    /// <summary>A block of lines; nothing else. Their bounds are in the attributes of the element around them.</summary>
    internal static async Task<IResult> ShowLines(string id, [AsParameters] LogAddress address, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, jobs, context, cancellationToken) is not var (job, output))
        {
            return ProblemPage.UnknownJob(id);
        }

        if (LogAddress.Number(address.From) > output.Log.State.Total)
        {
            await output.ReadyAsync(cancellationToken);
        }

        var limit = Math.Min(LogAddress.Window, LogAddress.Number(address.Limit) ?? LogAddress.Block);
        var lines = address with { Search = address.ShowsMatchesOnly ? address.Search : null, Group = null };
        var view = await LogReader.ReadAsync(output, job, lines, (int)limit, opens: false, cancellationToken);
        return TypedResults.Text(LogHtml.Of(view.Lines, address, view.Place, view.Start), "text/html; charset=utf-8");
    }

    /// <summary>What comes, as server-sent events.</summary>
    internal static async Task<IResult> Follow(string id, [AsParameters] LogAddress address, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, jobs, context, cancellationToken) is not var (job, output))
        {
            return ProblemPage.UnknownJob(id);
        }

        var seen = context.Request.Headers["Last-Event-ID"].ToString();
        if (seen.EndsWith(OutputFollower.EndMark))
        {
            // It has had everything: a browser comes again only if it is not told so.
            return TypedResults.NoContent();
        }

        var from = long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last + 1 : LogAddress.Number(address.From) ?? 1;
        var query = LogQuery.Read(address with { Search = null, From = null }, LogAddress.Block, []);
        var view = new LogView(address, [], new LogPlace("", 0, 0, null, null)) { Start = job.TRun, HasRanks = job.NTasks is not 1 };
        return new LogFollower(output, address with { Search = null }, query, view, from);
    }

    /// <summary>Where the match is that is wanted, and how many there are.</summary>
    internal static async Task<IResult> Find(string id, [AsParameters] LogAddress address, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, jobs, context, cancellationToken) is not var (job, output))
        {
            return ProblemPage.UnknownJob(id);
        }

        var view = await LogReader.ReadAsync(output, job, address with { Only = null, Group = null, From = null, Before = "end" }, 1, opens: false, cancellationToken);
        return Page.Of<LogFound>((nameof(LogFound.View), view with { Address = address.Anywhere }), (nameof(LogFound.Path), $"/jobs/{job.Id}"));
    }

    /// <summary>Everything that the job has written by now, as it was written.</summary>
    internal static Task<IResult> Download(string id, [AsParameters] LogAddress address, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken) =>
        DownloadAsync(id, address, isPacked: false, jobs, context, cancellationToken);

    /// <summary>The same, packed.</summary>
    internal static Task<IResult> DownloadPacked(string id, [AsParameters] LogAddress address, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken) =>
        DownloadAsync(id, address, isPacked: true, jobs, context, cancellationToken);

    private static async Task<IResult> DownloadAsync(
        string id, LogAddress address, bool isPacked, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, jobs, context, cancellationToken) is not var (job, output))
        {
            return ProblemPage.UnknownJob(id);
        }

        var query = LogQuery.Read(address with { Search = null, From = null, Before = null }, LogAddress.Block, []);
        return new LogDownload(output, query, $"{job.Id}{(address.HasFilter ? "-" + (address.Stream ?? "part") : "")}", address.Times is not null, isPacked);
    }

    // It takes memory until the client has it.
    private static async Task<(JobRecord Job, OutputView Output)?> OpenAsync(string id, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(id, out var job) || await jobs.FindEntryAsync(job, cancellationToken) is not { Record: var record }
            || await jobs.OpenOutputAsync(job, cancellationToken) is not { } output)
        {
            return null;
        }

        context.Response.RegisterForDispose(output);
        return (record, output);
    }
}
