using System.Globalization;
using System.Text.Json;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Restful.Answers;
using FluxRestful.Api.Restful.Requests;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Restful;

/// <summary><c>GET /v1/jobs</c>.</summary>
internal static class ListJobs
{
    /// <summary>The tenant's jobs: waiting, running, then ended ones.</summary>
    /// <remarks>As plain records, or with details; these by id, or as a list. The limit counts for details only.</remarks>
    internal static async Task<IResult> Handle(HttpRequest request, TenantJobs jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        var given = Parameters.FromQuery(request.Query);
        // The old server said details, its client says detail.
        var details = given.Flag("details") is true | given.Flag("detail") is true;
        var isList = given.Flag("listing") is true;
        var limit = given.Integer("limit");
        if (limit < 0)
        {
            given.Refuse("limit", "value is less than 0", "value_error.number.not_ge");
        }

        if (given.Errors.Count > 0)
        {
            return RestfulAnswers.Unprocessable(given.Errors);
        }

        var listed = await jobs.ListAsync(cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return details
            ? new JsonAnswer(writer => WriteDetails(writer, listed.Take(limit ?? int.MaxValue), now, isList))
            : new JsonAnswer(writer => WritePlain(writer, listed));
    }

    private static IEnumerable<bool> WritePlain(Utf8JsonWriter writer, IEnumerable<JobRecord> jobs)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("jobs");
        foreach (var job in jobs)
        {
            RestfulJob.WritePlain(writer, job);
            yield return true;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static IEnumerable<bool> WriteDetails(Utf8JsonWriter writer, IEnumerable<JobRecord> jobs, double now, bool isList)
    {
        if (isList)
        {
            writer.WriteStartArray();
        }
        else
        {
            writer.WriteStartObject();
        }

        foreach (var job in jobs)
        {
            if (!isList)
            {
                writer.WritePropertyName(job.Id.Value.ToString(CultureInfo.InvariantCulture));
            }

            RestfulJob.WriteDetails(writer, job, now, isRow: true);
            yield return true;
        }

        if (isList)
        {
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteEndObject();
        }
    }
}
