using System.IO.Enumeration;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing.Texts;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>Which of the jobs that somebody may see are wanted. What is not set fits all.</summary>
internal sealed record JobFilter
{
    /// <summary>Any of these states.</summary>
    public JobState States { get; init; }

    /// <summary>Or ended in any of these ways.</summary>
    public IReadOnlyCollection<JobResult> Results { get; init; } = [];

    /// <summary>The whole name; <c>*</c> stands for anything.</summary>
    public string? Name { get; init; }

    public string? Queue { get; init; }

    /// <summary>A host that the job has, or had.</summary>
    public string? Node { get; init; }

    /// <summary>Submitted then or later, in seconds since 1970.</summary>
    public double? Since { get; init; }

    /// <summary>Submitted before.</summary>
    public double? Until { get; init; }

    /// <summary>Has run for so many seconds or more.</summary>
    public double? RanFrom { get; init; }

    /// <summary>Has run, and for no more than so many seconds.</summary>
    public double? RanTo { get; init; }

    /// <summary>Words to be found, in any case, in name, command, owner, queue, hosts, directory or the note of an exception; or the job's id in any encoding.</summary>
    public string? Text { get; init; }

    /// <summary>One tenant's; for those who see everybody's jobs.</summary>
    public string? Owner { get; init; }

    /// <summary>Only the jobs of whoever asks, although there are others to see.</summary>
    public bool Mine { get; init; }

    /// <summary>Says which states or results are wanted, and nothing else.</summary>
    public bool OnlyGroups => Name is null && Queue is null && Node is null && Since is null && Until is null
        && RanFrom is null && RanTo is null && Text is null;

    public bool FitsState(JobRecord job) =>
        (States == 0 && Results.Count == 0) || (job.State & States) != 0 || (job.State == JobState.Inactive && Results.Contains(job.Result));

    /// <summary>All but the states, as something that is fast for a hundred thousand jobs.</summary>
    /// <param name="now">The moment for which it is told how long a job has run, in seconds since 1970.</param>
    public Func<JobEntry, bool> Rest(double now)
    {
        var tests = new List<Func<JobEntry, bool>>();
        if (Queue is { } queue)
        {
            tests.Add(entry => entry.Record.Queue == queue);
        }

        if (Since is { } since)
        {
            tests.Add(entry => entry.Record.TSubmit >= since);
        }

        if (Until is { } until)
        {
            tests.Add(entry => entry.Record.TSubmit < until);
        }

        if (RanFrom is not null || RanTo is not null)
        {
            var (from, to) = (RanFrom ?? 0, RanTo ?? double.PositiveInfinity);
            tests.Add(entry => entry.Record.TRun is not null && entry.Record.RuntimeAt(now) is var ran && ran >= from && ran <= to);
        }

        if (Name is { } name)
        {
            tests.Add(name.Contains('*', StringComparison.Ordinal)
                ? Known(job => job.Name, each => FileSystemName.MatchesSimpleExpression(name.Replace("\\", "\\\\", StringComparison.Ordinal), each, ignoreCase: false))
                : entry => entry.Record.Name == name);
        }

        if (Node is { } node)
        {
            tests.Add(Known(job => job.NodeList, hosts => Hostlist.TryParse(hosts, out var list) && list.Contains(node)));
        }

        if (Text is { Length: > 0 } text)
        {
            tests.Add(new JobTextSearch(text).Fits);
        }

        return tests switch
        {
            [] => _ => true,
            [var only] => only,
            _ => entry => tests.TrueForAll(test => test(entry)),
        };
    }

    private static Func<JobEntry, bool> Known(Func<JobRecord, string?> part, Predicate<string> test)
    {
        var known = new KnownTexts(test);
        return entry => part(entry.Record) is { } text && known.Fits(text);
    }
}
