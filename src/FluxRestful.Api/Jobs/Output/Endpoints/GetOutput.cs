using System.Globalization;
using FluxRestful.Api.Hosting.Streams;
using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs;
using Microsoft.Net.Http.Headers;

namespace FluxRestful.Api.Jobs.Output.Endpoints;

/// <summary><c>GET /api/v1/jobs/{id}/output</c>.</summary>
internal static class GetOutput
{
    /// <summary>What a job writes: a page of lines, everything as it was written, or line by line as it comes.</summary>
    /// <remarks>
    /// `Accept: application/json` answers one page of numbered lines with true totals. `Accept: text/plain` answers the bytes as they were written, without
    /// numbers and without the shell's words. `Accept: text/event-stream` follows: events `lines` (their `id` is the number of the last line; `Last-Event-ID`
    /// goes on behind it, without gap or repetition), `skipped`, `problem`, `goodbye` when the server ends, and at last `end`. It may be opened before the
    /// job starts and after it has ended.
    /// </remarks>
    /// <param name="id">The job, in any encoding of Flux.</param>
    /// <param name="from">The first line to look at, counted from 1.</param>
    /// <param name="limit">How many lines at most: 1 to 10000, 1000 if not given; of text/plain all.</param>
    /// <param name="tail">Instead of `from`: the last so many lines. Followed: these first, then what comes.</param>
    /// <param name="before">Instead of `from`: the lines before this one.</param>
    /// <param name="stream">`stdout`, `stderr`, `shell`, or several with commas. Not given: all; of text/plain `stdout,stderr`.</param>
    /// <param name="rank">Only what these tasks wrote: an idset such as `0,3-7`.</param>
    /// <param name="search">Only lines with this text, literally.</param>
    /// <param name="ignoreCase">Whether the search takes small letters for large ones.</param>
    /// <param name="width">How many bytes of each line are shown: 1 to 16777216, 65536 if not given. Not for text/plain.</param>
    /// <param name="follow">For text/plain: go on until the job ends.</param>
    /// <param name="maxBehind">For text/event-stream: a follower more lines behind than this is sent the newest ones instead, and `skipped` tells which it missed.</param>
    internal static async Task<IResult> Handle(
        HttpContext context,
        JobId id,
        long? from,
        int? limit,
        int? tail,
        long? before,
        string? stream,
        string? rank,
        string? search,
        bool? ignoreCase,
        int? width,
        bool? follow,
        int? maxBehind,
        TenantJobs jobs,
        CancellationToken cancellationToken)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (Wanted(context.Request) is not { } mediaType)
        {
            return new ProblemResult(ProblemType.NotAcceptable, $"There is application/json, {RawOutput.MediaType} and {EventStream.ContentType}.");
        }

        var errors = new Dictionary<string, string[]>();
        var query = OutputParameters.Read(errors, from, limit, tail, before, stream, rank, search, ignoreCase, width);
        var isRaw = mediaType == RawOutput.MediaType;
        if (isRaw && search is not null)
        {
            errors["search"] = ["The bytes as they were written cannot be searched; ask for application/json."];
        }

        if (maxBehind is <= 0)
        {
            errors["maxBehind"] = ["At least 1."];
        }

        var last = context.Request.Headers["Last-Event-ID"].ToString();
        var (seen, hasSeenEnd) = (0L, last.EndsWith(OutputFollower.EndMark));
        if (mediaType == EventStream.ContentType && last.Length > 0
            && !long.TryParse(last.TrimEnd(OutputFollower.EndMark), NumberStyles.None, CultureInfo.InvariantCulture, out seen))
        {
            errors["Last-Event-ID"] = ["This is no id of an event of this stream."];
        }

        if (errors.Count > 0)
        {
            return ProblemResult.Invalid(errors);
        }

        if (await jobs.OpenOutputAsync(id, cancellationToken) is not { } output)
        {
            return new ProblemResult(ProblemType.UnknownJob, "There is no such job.");
        }

        // It takes memory until the client has it.
        context.Response.RegisterForDispose(output);
        return mediaType switch
        {
            EventStream.ContentType when hasSeenEnd => TypedResults.NoContent(),
            EventStream.ContentType => new OutputFollower(output, query, last.Length > 0 ? seen : null, maxBehind),
            RawOutput.MediaType => new RawOutput(output, query, follow ?? false, limit is not null || tail is not null || before is not null),
            _ => TypedResults.Ok(await output.ReadAsync(query, cancellationToken)),
        };
    }

    // The first of the best that the client names; JSON if it names nothing, or everything.
    private static string? Wanted(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            return "application/json";
        }

        string[] known = ["application/json", RawOutput.MediaType, EventStream.ContentType];
        return accepted.Where(type => type.Quality != 0).OrderByDescending(type => type.Quality ?? 1)
            .Select(type => known.FirstOrDefault(one => new MediaTypeHeaderValue(one).IsSubsetOf(type))).FirstOrDefault(one => one is not null);
    }
}
