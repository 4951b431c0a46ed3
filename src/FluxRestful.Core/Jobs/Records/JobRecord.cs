namespace FluxRestful.Core.Jobs.Records;

/// <summary>
/// What Flux tells of a job, attribute by attribute as <c>job-list</c> answers it; null is an attribute without a value.
/// Immutable, and small: strings that jobs have in common are shared, annotations are kept as their JSON text, and neither jobspec nor R is kept.
/// </summary>
public sealed partial record JobRecord
{
    /// <summary>Letters that are kept of a command.</summary>
    public const int LongestCommand = 240;

    /// <summary>Letters that are kept of all tags together.</summary>
    public const int LongestTags = 1000;

    // NaN stands for absent: a nullable double would take twice the room.
    private readonly double _tSubmit = double.NaN;
    private readonly double _tDepend = double.NaN;
    private readonly double _tPriority = double.NaN;
    private readonly double _tSched = double.NaN;
    private readonly double _tRun = double.NaN;
    private readonly double _tCleanup = double.NaN;
    private readonly double _tInactive = double.NaN;
    private readonly double _duration = double.NaN;
    private readonly double _expiration = double.NaN;

    /// <summary>The job's number.</summary>
    public required JobId Id { get; init; }

    /// <summary>Unix id of the account that it runs as.</summary>
    public uint UserId { get; init; }

    /// <summary>0 holds it, 16 is usual, 31 expedites.</summary>
    public int Urgency { get; init; }

    /// <summary>The order in the queue, known from <see cref="JobState.Sched"/> on.</summary>
    public long? Priority { get; init; }

    /// <summary>Where it stands now.</summary>
    public JobState State { get; init; } = JobState.New;

    /// <summary>Every state that it has been in.</summary>
    public JobState StatesSeen { get; init; } = JobState.New;

    /// <summary>When it was submitted; this and all times are seconds since 1970.</summary>
    public double? TSubmit { get => Null(_tSubmit); init => _tSubmit = value ?? double.NaN; }

    /// <summary>When it entered <see cref="JobState.Depend"/>: its jobspec was found sound.</summary>
    public double? TDepend { get => Null(_tDepend); init => _tDepend = value ?? double.NaN; }

    /// <summary>When it first had no dependency left.</summary>
    public double? TPriority { get => Null(_tPriority); init => _tPriority = value ?? double.NaN; }

    /// <summary>When it first had a priority.</summary>
    public double? TSched { get => Null(_tSched); init => _tSched = value ?? double.NaN; }

    /// <summary>When it got its resources.</summary>
    public double? TRun { get => Null(_tRun); init => _tRun = value ?? double.NaN; }

    /// <summary>When it finished, or was canceled (surprise 44).</summary>
    public double? TCleanup { get => Null(_tCleanup); init => _tCleanup = value ?? double.NaN; }

    /// <summary>When it was over and all its resources were given back.</summary>
    public double? TInactive { get => Null(_tInactive); init => _tInactive = value ?? double.NaN; }

    /// <summary>The name asked for, else the last part of the program's path.</summary>
    public string? Name { get; init; }

    /// <summary>The program and its arguments with spaces between, as far as <see cref="LongestCommand"/>; Flux's lists do not tell it.</summary>
    public string? Command { get; init; }

    /// <summary>Words that its submitter put at <c>attributes.user.tags</c>, one a line, as far as <see cref="LongestTags"/>; Flux's lists do not tell them.</summary>
    public string? Tags { get; init; }

    /// <summary>The working directory.</summary>
    public string? Cwd { get; init; }

    /// <summary>The named queue, in an instance that has some.</summary>
    public string? Queue { get; init; }

    /// <summary>The project it is charged to, if its jobspec names one.</summary>
    public string? Project { get; init; }

    /// <summary>The bank it is charged to, if its jobspec names one.</summary>
    public string? Bank { get; init; }

    /// <summary>How many tasks it has; unknown until allocated where they are counted by node or core.</summary>
    public int? NTasks { get => Null(_nTasks); init => _nTasks = value ?? -1; }

    /// <summary>Unknown for exclusive nodes until they are allocated.</summary>
    public int? NCores { get => Null(_nCores); init => _nCores = value ?? -1; }

    /// <summary>Known once allocated. job-list does not tell it.</summary>
    public int? NGpus { get => Null(_nGpus); init => _nGpus = value ?? -1; }

    /// <summary>Unknown until allocated unless asked for.</summary>
    public int? NNodes { get => Null(_nNodes); init => _nNodes = value ?? -1; }

    /// <summary>The time limit in seconds; 0 means none.</summary>
    public double? Duration { get => Null(_duration); init => _duration = value ?? double.NaN; }

    /// <summary>Broker ranks, an idset with brackets around more than one: <c>[2-3]</c>, <c>0</c>.</summary>
    public string? Ranks { get; init; }

    /// <summary>Hosts, a hostlist.</summary>
    public string? NodeList { get; init; }

    /// <summary>When its time is up; 0 means never.</summary>
    public double? Expiration { get => Null(_expiration); init => _expiration = value ?? double.NaN; }

    /// <summary>Annotations of scheduler (<c>sched</c>) and users (<c>user</c>): the text of a JSON object.</summary>
    public string? Annotations { get; init; }

    /// <summary>
    /// What it waits for, such as <c>after-success=f1234</c>; each met one is removed, so it is empty once all are met, and null if there never was one.
    /// An id stands there in the form that its submitter used: compare ids, not texts (surprise 60).
    /// </summary>
    public IReadOnlyList<string>? Dependencies { get; init; }

    /// <summary>The status of wait(2) of the job as a whole.</summary>
    public int? WaitStatus { get => Null(_waitStatus); init => _waitStatus = value ?? -1; }

    /// <summary>It finished with status 0 and no fatal exception came before. Told while active too; Flux shows it only of inactive jobs.</summary>
    public bool Success { get; init; }

    /// <summary>The first exception of the lowest severity. Told while active too; Flux shows it only of inactive jobs.</summary>
    public JobException? Exception { get; init; }

    /// <summary>How it ended; <see cref="JobResult.None"/> while active.</summary>
    public JobResult Result { get; init; }

    /// <summary>Tasks of each node, where the number of tasks has to wait for the nodes.</summary>
    internal int TasksPerNode { get; init; }

    /// <summary>Tasks of each core, where the number of tasks has to wait for the cores.</summary>
    internal int TasksPerCore { get; init; }

    /// <summary>Annotations have come as events of their own, so those of <c>alloc</c> say nothing new (surprise 16).</summary>
    internal bool HasLiveAnnotations { get; init; }

    private readonly int _nTasks = -1;
    private readonly int _nCores = -1;
    private readonly int _nGpus = -1;
    private readonly int _nNodes = -1;
    private readonly int _waitStatus = -1;

    private static double? Null(double value) => double.IsNaN(value) ? null : value;

    private static int? Null(int value) => value < 0 ? null : value;
}
