using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Scheduling;
using FluxRestful.EmbeddedBroker.Tasks;

namespace FluxRestful.EmbeddedBroker.Jobs;

/// <summary>All that is known of one job. Its record is what its events say; everything here belongs to the loop.</summary>
internal sealed class Job(JobId id, uint userId, int flags, Jobspec jobspec, string signed)
{
    public const int Debug = 2;
    public const int Waitable = 4;

    public JobId Id { get; } = id;

    public uint UserId { get; } = userId;

    public int Flags { get; } = flags;

    public Jobspec Jobspec { get; } = jobspec;

    /// <summary>J as it was submitted, environment included.</summary>
    public string Signed { get; } = signed;

    public JobRecord? Record { get; set; }

    public JobState State => Record?.State ?? JobState.New;

    public bool IsPending => (State & JobState.Pending) != 0;

    public bool IsRunning => (State & JobState.Running) != 0;

    public bool IsInactive => State == JobState.Inactive;

    public EventLog Events { get; } = new();

    public EventLog Exec { get; } = new();

    public EventLog Output { get; } = new();

    public EventLog Input { get; } = new();

    /// <summary>What it holds while it runs.</summary>
    public Allocation? Allocation { get; set; }

    /// <summary>R as it was granted.</summary>
    public byte[]? R { get; set; }

    public JobShell? Shell { get; set; }

    /// <summary>Dependencies not met yet, as they are described in its events.</summary>
    public List<Dependency> Dependencies { get; } = [];

    /// <summary>Ends at the time limit, or at the begin time.</summary>
    public ITimer? Alarm { get; set; }

    public double Expiration { get; set; }

    /// <summary>Its place in the queue; changed only while it is not in it.</summary>
    public long QueuePriority { get; set; }

    /// <summary>Purged, or refused after all.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Escalates to SIGKILL.</summary>
    public ITimer? KillTimer { get; set; }

    /// <summary>Who wants to know when it has been in a state, or is inactive.</summary>
    public List<(JobState State, Action Tell)> Waiting { get; } = [];

    /// <summary>Its time as the last of its events says it; the next one is not before that.</summary>
    public double LastTimestamp { get; set; }

    public bool HasFatalException => Record?.Exception is { Severity: 0 };

    public long Bytes => Signed.Length + Jobspec.Redacted.Length + Events.Bytes + Exec.Bytes + (R?.Length ?? 0) + 1024;

    public EventLog? LogAt(string path) => path switch
    {
        "eventlog" => Events,
        "guest.exec.eventlog" => Exec,
        "guest.output" => Output,
        "guest.input" => Input,
        _ => null,
    };
}
