using System.Buffers;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>Which jobs somebody wants to see, and in which order.</summary>
internal sealed record JobSearch
{
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.-+eE");

    /// <summary>To be found anywhere in a record as it is written here, whatever the case; empty fits all. Not a pattern.</summary>
    public string Text { get; init; } = "";

    /// <summary>Null: as listings are ordered.</summary>
    public JobColumn? Sort { get; init; }

    public bool Descending { get; init; }

    public int Start { get; init; }

    public int Length { get; init; } = int.MaxValue;

    public JobPage Run(JobIndex index, int? owner, DateTimeOffset now)
    {
        var total = index.Count(owner);
        if (Text.Length == 0 && Sort is null)
        {
            return new JobPage(total, total, [.. index.List(owner, Start, Length).Select(entry => entry.Record)]);
        }

        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        var jobs = index.List(owner).Select(entry => entry.Record);
        if (Text.Length > 0)
        {
            // Most texts can be in no number: then numbers need not be written out for a hundred thousand jobs.
            var columns = JobColumn.All.Where(column => !column.IsNumber || MayBeInNumber(Text)).ToList();
            jobs = jobs.Where(job => columns.Exists(column => column.Text(job, seconds).Contains(Text, StringComparison.OrdinalIgnoreCase)));
        }

        var matching = jobs.ToList();
        IEnumerable<JobRecord> sorted = matching;
        if (Sort is { } column)
        {
            // LINQ's sort is stable, and sorts only as far as it is read.
            sorted = Descending
                ? matching.OrderByDescending(job => column.Key(job, seconds))
                : matching.OrderBy(job => column.Key(job, seconds));
        }

        return new JobPage(total, matching.Count, [.. sorted.Skip(Start).Take(Length)]);
    }

    private static bool MayBeInNumber(string text) => text.AsSpan().IndexOfAnyExcept(OfNumbers) < 0;
}
