using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Audit.Search;

internal static class AuditEndpoints
{
    private const int UsualLimit = 100;
    private const int LargestLimit = 1000;

    internal static void MapAudit(this RouteGroupBuilder api) =>
        api.MapGet("/audit", List).Requires(Permission.AuditRead).Answers(ProblemType.InvalidRequest).WithTags("audit");

    /// <summary>Who did what, from where and with what result, newest first. For superusers.</summary>
    /// <param name="actor">Only what this tenant did; <c>(nobody)</c>: whoever had not signed in; <c>(local)</c>: the server and the verbs inside the container.</param>
    /// <param name="action">Only this action: <c>job-submit</c>, <c>sign-in</c>, <c>tenant-add</c> ...</param>
    /// <param name="target">Only what was done to this job, tenant, token or node.</param>
    /// <param name="result"><c>done</c>, <c>refused</c> or <c>failed</c>.</param>
    /// <param name="address">Only what came from this address.</param>
    /// <param name="since">Only what was done at this time or later.</param>
    /// <param name="until">Only what was done before this time.</param>
    /// <param name="cursor">The <c>next</c> of the page before.</param>
    /// <param name="limit">How many entries at most, 1 to 1000; 100 unless said otherwise.</param>
    internal static async Task<Results<Ok<AuditPage>, ProblemResult>> List(
        string? actor,
        string? action,
        string? target,
        string? result,
        string? address,
        DateTimeOffset? since,
        DateTimeOffset? until,
        string? cursor,
        int? limit,
        AuditSearch search,
        CancellationToken cancellationToken)
    {
        if (action is not null && !AuditNames.Actions.Contains(action, StringComparer.Ordinal))
        {
            return ProblemResult.Invalid(nameof(action), $"It is none of {string.Join(", ", AuditNames.Actions)}.");
        }

        if (result is not null && !AuditNames.Results.Contains(result, StringComparer.Ordinal))
        {
            return ProblemResult.Invalid(nameof(result), $"It is none of {string.Join(", ", AuditNames.Results)}.");
        }

        if (limit is < 1 or > LargestLimit)
        {
            return ProblemResult.Invalid(nameof(limit), $"It is a number from 1 to {LargestLimit}.");
        }

        if (!AuditFilter.TryReadCursor(cursor, out var before))
        {
            return ProblemResult.Invalid(nameof(cursor), "It is not one of this list's.");
        }

        var filter = new AuditFilter(actor, action, target, result, address, since, until, before, limit ?? UsualLimit);
        return TypedResults.Ok(await search.RunAsync(filter, cancellationToken));
    }
}
