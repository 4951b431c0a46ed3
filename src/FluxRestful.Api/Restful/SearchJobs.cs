using System.Text.Json;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Restful.Answers;
using FluxRestful.Api.Restful.Requests;

namespace FluxRestful.Api.Restful;

/// <summary><c>GET /v1/jobs/search</c>, as the tables of DataTables ask, and as flux-restful-api's own client does.</summary>
internal static class SearchJobs
{
    private const int LongestText = 1000;

    /// <summary>Some of the tenant's jobs: those that contain a text, sorted, a page at a time.</summary>
    /// <remarks>The text is looked for as it is, whatever its case; it is not a pattern.</remarks>
    internal static async Task<IResult> Handle(HttpRequest request, TenantJobs jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        var given = Parameters.FromQuery(request.Query);
        var draw = given.Integer("draw") is null ? null : given.Text("draw");
        var search = Read(given);
        if (given.Errors.Count > 0)
        {
            return RestfulAnswers.Unprocessable(given.Errors);
        }

        var page = await jobs.SearchAsync(search, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return new JsonAnswer(writer => Write(writer, page, draw, now));
    }

    internal static JobSearch Read(Parameters given)
    {
        var text = given.Text("search[value]") ?? given.Text("search") ?? given.Text("query") ?? "";
        if (text.Length > LongestText)
        {
            given.Refuse("search", $"longer than {LongestText} characters", "value_error.any_str.max_length");
        }

        var (sort, descending) = ReadOrder(given);
        return new JobSearch
        {
            Text = text,
            Sort = sort,
            Descending = descending,
            Start = NotNegative(given, "start") ?? 0,
            // DataTables asks for -1 rows when it means all.
            Length = given.Integer("length") is -1 ? int.MaxValue : NotNegative(given, "length") ?? int.MaxValue,
        };
    }

    private static int? NotNegative(Parameters given, string name)
    {
        var number = given.Integer(name);
        if (number < 0)
        {
            given.Refuse(name, "value is less than 0", "value_error.number.not_ge");
        }

        return number;
    }

    /// <summary>By name (<c>sort=name&amp;order=desc</c>), or by the number of a column that names its data, as DataTables does.</summary>
    private static (JobColumn? Column, bool Descending) ReadOrder(Parameters given)
    {
        if (given.Text("sort") is { } name)
        {
            if (JobColumn.Find(name) is { } named)
            {
                return (named, IsDescending(given, "order"));
            }

            given.Refuse("sort", "not an attribute of a job", "value_error.column");
            return (null, false);
        }

        // A column of a table may show something that is no attribute (a button): that is no reason to refuse the table.
        var column = given.Integer("order[0][column]") is { } number && given.Text($"columns[{number}][data]") is { } data ? JobColumn.Find(data) : null;
        return (column, column is not null && IsDescending(given, "order[0][dir]"));
    }

    private static bool IsDescending(Parameters given, string name)
    {
        switch (given.Text(name)?.ToLowerInvariant())
        {
            case null or "asc":
                return false;
            case "desc":
                return true;
            default:
                given.Refuse(name, "neither asc nor desc", "value_error.order");
                return false;
        }
    }

    private static IEnumerable<bool> Write(Utf8JsonWriter writer, JobPage page, string? draw, double now)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var job in page.Jobs)
        {
            RestfulJob.WriteDetails(writer, job, now, isRow: true);
            yield return true;
        }

        writer.WriteEndArray();
        if (draw is null)
        {
            writer.WriteNumber("draw", 1);
        }
        else
        {
            writer.WriteString("draw", draw);
        }

        writer.WriteNumber("recordsTotal", page.Total);

        // To a table this is how many rows there are to page through, and a table sends a draw. The old client sends none and takes it for the number
        // of rows in this answer, as its own tests do: it keeps that.
        writer.WriteNumber("recordsFiltered", draw is null ? page.Jobs.Count : page.Matching);
        writer.WriteEndObject();
    }
}
