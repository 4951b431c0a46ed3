using System.Text;
using System.Text.Json;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Endpoints;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Pages.Jobs.List.Export;

/// <summary>
/// The whole result as a file, or what was selected of it: page after page of the list, written as it is read, so that it takes no more memory than a page.
/// </summary>
internal static class ExportJobs
{
    internal const int Most = 100_000;

    internal static async Task Send(
        string? format, [FromQuery] string[]? id, int? all, [AsParameters] JobsAddress address, HttpContext context, TenantJobs jobs, CurrentTenant tenant, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var query = address.Query(mine: !JobsReader.ShowsEverybody(address, tenant)) with { Limit = JobListQuery.MostJobs };
        var chosen = all == 1 || id is null or { Length: 0 } ? ReadAsync(query, jobs, cancellationToken) : ReadAsync(id, jobs, time, cancellationToken);
        var isJson = format == "json";
        var response = context.Response;
        response.ContentType = isJson ? "application/json" : "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"jobs-{time.GetUtcNow():yyyyMMdd-HHmmss}.{(isJson ? "json" : "csv")}\"";
        await (isJson ? WriteJsonAsync(response, chosen, cancellationToken) : WriteCsvAsync(response, chosen, cancellationToken));
    }

    private static async IAsyncEnumerable<(IReadOnlyList<JobEntry> Jobs, double Now)> ReadAsync(
        JobListQuery query, TenantJobs jobs, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var left = Most; left > 0; left -= query.Limit)
        {
            var page = await jobs.ListAsync(query, cancellationToken);
            yield return (page.Jobs, page.Now);
            if (page.Next is not { } next)
            {
                yield break;
            }

            query = query with { After = next };
        }
    }

    private static async IAsyncEnumerable<(IReadOnlyList<JobEntry> Jobs, double Now)> ReadAsync(
        string[] ids, TenantJobs jobs, TimeProvider time, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = new List<JobEntry>();
        foreach (var id in GivenJobId.Of(ids).Take(JobListQuery.MostJobs))
        {
            if (await jobs.FindEntryAsync(id, cancellationToken) is { } entry)
            {
                found.Add(entry);
            }
        }

        yield return (found, time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
    }

    private static async Task WriteCsvAsync(HttpResponse response, IAsyncEnumerable<(IReadOnlyList<JobEntry> Jobs, double Now)> pages, CancellationToken cancellationToken)
    {
        // Spreadsheets take a file without a mark for one of their country's own encoding.
        await response.WriteAsync("\uFEFF" + JobCsv.Head, cancellationToken);
        await foreach (var (jobs, now) in pages)
        {
            var text = new StringBuilder();
            foreach (var entry in jobs)
            {
                text.Append(JobCsv.Line(JobView.Of(entry, JobFields.Rows, now), entry.Record.Command));
            }

            await response.WriteAsync(text.ToString(), cancellationToken);
        }
    }

    // As the API's list has them, so that a program that reads the one reads the other.
    private static async Task WriteJsonAsync(HttpResponse response, IAsyncEnumerable<(IReadOnlyList<JobEntry> Jobs, double Now)> pages, CancellationToken cancellationToken)
    {
        await response.WriteAsync("{\"jobs\":[", cancellationToken);
        var isFirst = true;
        await foreach (var (jobs, now) in pages)
        {
            foreach (var entry in jobs)
            {
                await response.WriteAsync(isFirst ? "\n" : ",\n", cancellationToken);
                isFirst = false;
                await JsonSerializer.SerializeAsync(response.Body, JobView.Of(entry, JobFields.Rows, now), ServerJson.Default.Job, cancellationToken);
            }
        }

        await response.WriteAsync("\n]}\n", cancellationToken);
    }
}
