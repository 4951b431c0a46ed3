namespace FluxRestful.EmbeddedBroker;

/// <summary>What an embedded broker is allowed to use. Every default suits trying and testing on one machine.</summary>
public sealed record EmbeddedBrokerOptions
{
    /// <summary>An existing directory for the socket and the jobs' files; by default a fresh private one that is removed at the end.</summary>
    public string? Directory { get; init; }

    /// <summary>How many cores jobs may occupy together.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>What the single node is called; by default this machine's name.</summary>
    public string? HostName { get; init; }

    /// <summary>How long a job has after SIGTERM before SIGKILL.</summary>
    public TimeSpan KillTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How much output of one job is kept; what it writes beyond is dropped and its log says so.</summary>
    public long MaxOutputBytesPerJob { get; init; } = 64L * 1024 * 1024;

    /// <summary>How much output is kept in all; beyond it, that of the job which ended first goes first.</summary>
    public long MaxOutputBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>How many ended jobs are remembered.</summary>
    public int MaxEndedJobs { get; init; } = 100_000;

    /// <summary>How many bytes of jobspecs and events of ended jobs are remembered.</summary>
    public long MaxEndedJobBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>How many jobs may be active at a time; a submit beyond it is refused.</summary>
    public int MaxActiveJobs { get; init; } = 100_000;

    /// <summary>How many tasks one job may have; one with more fails at its start.</summary>
    public int MaxTasksPerJob { get; init; } = 1024;

    /// <summary>How many bytes may wait for a client that does not read, before it is cut off.</summary>
    public long MaxUnreadBytesPerClient { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many clients may be connected at a time; one more is closed at once.</summary>
    public int MaxClients { get; init; } = 4096;
}
