using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing.Texts;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>Which of the jobs that somebody may see are wanted. What is not set fits all.</summary>
internal sealed record JobFilter
{
    private static readonly ChunkColumn<(JobState State, JobResult Result)[]> Ends = ChunkColumn.Of(entry => (entry.Record.State, entry.Record.Result));
    private static readonly ChunkColumn<double[]> Submits = ChunkColumn.Of(entry => entry.Record.TSubmit ?? double.NaN);
    private static readonly ChunkColumn<string?[]> Names = ChunkColumn.Of(entry => entry.Record.Name);
    private static readonly ChunkColumn<string?[]> Queues = ChunkColumn.Of(entry => entry.Record.Queue);
    private static readonly ChunkColumn<string?[]> Tags = ChunkColumn.Of(entry => entry.Record.Tags);
    private static readonly ChunkColumn<string?[]> Hosts = ChunkColumn.Of(entry => entry.Record.NodeList);

    /// <summary>Any of these states.</summary>
    public JobState States { get; init; }

    /// <summary>Or ended in any of these ways.</summary>
    public IReadOnlyCollection<JobResult> Results { get; init; } = [];

    /// <summary>The whole name; <c>*</c> stands for anything.</summary>
    public string? Name { get; init; }

    public string? Queue { get; init; }

    /// <summary>A host that the job has, or had.</summary>
    public string? Node { get; init; }

    /// <summary>One of its tags, as it is.</summary>
    public string? Tag { get; init; }

    /// <summary>Submitted then or later, in seconds since 1970.</summary>
    public double? Since { get; init; }

    /// <summary>Submitted before.</summary>
    public double? Until { get; init; }

    /// <summary>Has run for so many seconds or more.</summary>
    public double? RanFrom { get; init; }

    /// <summary>Has run, and for no more than so many seconds.</summary>
    public double? RanTo { get; init; }

    /// <summary>Words to be found, in any case, in name, command, tags, owner, queue, hosts, directory or the note of an exception; or the job's id in any encoding.</summary>
    public string? Text { get; init; }

    /// <summary>One tenant's; for those who see everybody's jobs.</summary>
    public string? Owner { get; init; }

    /// <summary>Only the jobs of whoever asks, although there are others to see.</summary>
    public bool Mine { get; init; }

    /// <summary>Says which states or results are wanted, and nothing else.</summary>
    public bool OnlyGroups => Name is null && Queue is null && Node is null && Tag is null && Since is null && Until is null
        && RanFrom is null && RanTo is null && Text is null;

    /// <summary>Any state will do.</summary>
    private bool FitsAnyState => States == 0 && Results.Count == 0;

    public bool FitsState(JobRecord job) => FitsState((job.State, job.Result));

    /// <summary>The jobs of a run that fit, upwards.</summary>
    public IReadOnlyList<JobEntry> Find(JobRun run, double now)
    {
        var (state, rest) = (StateTest(), Rest(now));
        var found = new List<JobEntry>();
        Span<bool> room = stackalloc bool[JobChunk.Most];
        foreach (var chunk in run.Chunks(descending: false))
        {
            var fits = room[..chunk.Count];
            fits.Fill(true);
            state(chunk, fits);
            rest(chunk, fits);
            for (var place = 0; place < fits.Length; place++)
            {
                if (fits[place])
                {
                    found.Add(chunk[place]);
                }
            }
        }

        return found;
    }

    /// <summary><see cref="FitsState(JobRecord)"/> for a hundred thousand jobs.</summary>
    public ChunkTest StateTest() => FitsAnyState ? ChunkTests.All([]) : ChunkTests.Of(Ends, FitsState);

    /// <summary>All but the states, likewise.</summary>
    /// <param name="now">The moment for which it is told how long a job has run, in seconds since 1970.</param>
    public ChunkTest Rest(double now)
    {
        var tests = new List<ChunkTest>();
        if (Queue is { } queue)
        {
            tests.Add(ChunkTests.Of(Queues, each => each == queue));
        }

        if (Since is { } since)
        {
            tests.Add(ChunkTests.Of(Submits, submit => submit >= since));
        }

        if (Until is { } until)
        {
            tests.Add(ChunkTests.Of(Submits, submit => submit < until));
        }

        if (RanFrom is not null || RanTo is not null)
        {
            var (from, to) = (RanFrom ?? 0, RanTo ?? double.PositiveInfinity);
            tests.Add(ChunkTests.Of(ListOrder.Runs, run => run.Start is not null && JobRecord.RuntimeAt(run.Start, run.End, now) is var ran && ran >= from && ran <= to));
        }

        if (Name is { } name)
        {
            tests.Add(name.Contains('*', StringComparison.Ordinal) ? new NamePattern(name).Keep : ChunkTests.Of(Names, each => each == name));
        }

        if (Node is { } node)
        {
            tests.Add(Known(Hosts, hosts => Hostlist.TryParse(hosts, out var list) && list.Contains(node)));
        }

        if (Tag is { } tag)
        {
            tests.Add(Known(Tags, tags => tags.Split('\n').Contains(tag)));
        }

        if (Text is { Length: > 0 } text)
        {
            tests.Add(new TextTest(text).Keep);
        }

        return ChunkTests.All(tests);
    }

    private bool FitsState((JobState State, JobResult Result) job) =>
        FitsAnyState || (job.State & States) != 0 || (job.State == JobState.Inactive && Results.Contains(job.Result));

    private static ChunkTest Known(ChunkColumn<string?[]> column, Predicate<string> test)
    {
        var known = new KnownTexts(test);
        return ChunkTests.Of(column, text => text is not null && known.Fits(text));
    }
}
