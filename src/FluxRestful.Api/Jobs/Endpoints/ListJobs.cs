using System.ComponentModel.DataAnnotations;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary><c>GET /api/v1/jobs</c>.</summary>
internal static class ListJobs
{
    private static readonly HashSet<string> Parameters = new(
        typeof(ListJobsParameters).GetProperties().Select(property => property.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The jobs that one may see: one's own, or, for operators and superusers, everybody's.</summary>
    /// <remarks>
    /// Newest first unless `sort` says otherwise. A list is read page by page with `cursor`. By `submitted`, `id` and `name` it shows every job once,
    /// whatever comes and goes meanwhile; by anything else a job moves when it changes. `counts` leaves `state` and `result` out.
    /// </remarks>
    internal static async Task<Results<Ok<JobList>, ProblemResult>> Handle(
        [AsParameters] ListJobsParameters given, HttpRequest request, TenantJobs jobs, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var name in request.Query.Keys.Where(name => !Parameters.Contains(name)))
        {
            errors[name] = ["There is no such parameter."];
        }

        var fields = JobFields.Parse(given.Fields ?? [], out var unknown);
        if (unknown is not null)
        {
            errors["fields"] = [$"'{unknown}' is none of {JobFields.Names}."];
        }

        var query = Read(given, errors);
        if (errors.Count > 0)
        {
            return ProblemResult.Invalid(errors);
        }

        var page = await jobs.ListAsync(query, cancellationToken);
        var shown = given.Fields is { Length: > 0 } ? fields! : JobFields.Rows;
        return TypedResults.Ok(new JobList(
            [.. page.Jobs.Select(entry => JobView.Of(entry, shown, page.Now))], page.Matching, CountsOf(page.Counts), page.Next?.ToString()));
    }

    private static JobListQuery Read(ListJobsParameters given, Dictionary<string, string[]> errors)
    {
        var selector = new JobSelector(
            given.State, given.Result, given.Name, given.Queue, given.Node, given.Since, given.Until, given.Text, given.Owner, given.Scope, given.Tag);
        var query = new JobListQuery { Filter = JobSelectorReader.Read(selector, "", mineUnlessSaid: false, errors), Limit = given.Limit ?? 50 };
        if (given.Limit is < 1 or > JobListQuery.MostJobs)
        {
            errors["limit"] = [$"This is between 1 and {JobListQuery.MostJobs}."];
        }

        if (given.Sort is { Length: > 0 } sort)
        {
            query = query with { Descending = sort[0] == '-' };
            if (ListOrder.Find(sort.TrimStart('-', '+', ' ')) is { } order)
            {
                query = query with { Order = order };
            }
            else
            {
                errors["sort"] = [$"This is one of {string.Join(", ", ListOrder.All.Select(each => each.Name))}; a minus before it turns the order round."];
            }
        }

        if (given.Cursor is not { Length: > 0 } text)
        {
            return query;
        }

        if (!JobCursor.TryParse(text, out var cursor))
        {
            errors["cursor"] = ["This is no cursor of this list."];
        }
        else if (given.Sort is { Length: > 0 } && (cursor.Order != query.Order || cursor.Descending != query.Descending))
        {
            errors["cursor"] = ["This is a cursor of another order."];
        }
        else
        {
            query = query with { After = cursor, Order = cursor.Order, Descending = cursor.Descending };
        }

        return query;
    }

    private static JobGroupCounts CountsOf(JobCounts counts) =>
        new(counts.Pending, counts.Running, counts.Completed, counts.Failed, counts.Canceled, counts.Timeout);
}

internal sealed record ListJobsParameters
{
    /// <summary>Any of these, with commas: `depend`, `priority`, `sched`, `run`, `cleanup`, `inactive`, or `pending`, `running`, `active`, or a result.</summary>
    [FromQuery(Name = "state")]
    public string[]? State { get; init; }

    /// <summary>Any of `completed`, `failed`, `canceled`, `timeout`.</summary>
    [FromQuery(Name = "result")]
    public string[]? Result { get; init; }

    /// <summary>The whole name; `*` stands for anything.</summary>
    [FromQuery(Name = "name")]
    public string? Name { get; init; }

    /// <summary>The queue.</summary>
    [FromQuery(Name = "queue")]
    public string? Queue { get; init; }

    /// <summary>A host that the job has or had.</summary>
    [FromQuery(Name = "node")]
    public string? Node { get; init; }

    /// <summary>One of the job's tags, as it was given.</summary>
    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    /// <summary>Submitted then or later: a time such as `2026-01-31T12:00:00Z`, or seconds since 1970.</summary>
    [FromQuery(Name = "since")]
    public string? Since { get; init; }

    /// <summary>Submitted before.</summary>
    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    /// <summary>Words, each to be found in name, command, tags, owner, queue, hosts, directory or exception, in any case; a phrase stands in quotation marks. Or the job's id in any encoding.</summary>
    [FromQuery(Name = "text")]
    public string? Text { get; init; }

    /// <summary>The tenant, for those who see everybody's jobs.</summary>
    [FromQuery(Name = "owner")]
    public string? Owner { get; init; }

    /// <summary>`mine`, or `all` (which it is unless said) for those who see everybody's jobs.</summary>
    [FromQuery(Name = "scope")]
    public string? Scope { get; init; }

    /// <summary>`submitted`, `id`, `name`, `state`, `priority`, `urgency`, `started`, `ended`, `runtime`, `duration`, `queue`, `ntasks`, `nnodes` or `ncores`; with a minus, downwards. `-submitted` unless said.</summary>
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    /// <summary>`next` of the page before.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>How many jobs at most; 50 unless said.</summary>
    [FromQuery(Name = "limit"), Range(1, JobListQuery.MostJobs)]
    public int? Limit { get; init; }

    /// <summary>The members that are wanted of each job, with commas.</summary>
    [FromQuery(Name = "fields")]
    public string[]? Fields { get; init; }
}
