using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Scheduling;
using FluxRestful.EmbeddedBroker.Services;
using FluxRestful.EmbeddedBroker.Tasks;

namespace FluxRestful.EmbeddedBroker;

/// <summary>Everything of one instance that services work on. It belongs to the loop.</summary>
internal sealed class Instance
{
    public const uint Anybody = uint.MaxValue;

    public Instance(uint owner, ShellHost host, EventService events)
    {
        (Owner, Host, Events) = (owner, host, events);
        Node = new Node(host.HostName, host.Options.Cores);
        Queue = new JobQueue(Node);
        Ids = new JobIds(host.Time);
        Journal = new Journal(Jobs);
        Recorder = new JobRecorder(Journal, host.Time);
        Lifecycle = new JobLifecycle(Jobs, Recorder, Queue, Node, host, owner, PublishException);
        Dependencies = new JobDependencies(Jobs, Recorder, Lifecycle, host.Loop, host.Time, owner);
        Lifecycle.Ended += OnEnded;
    }

    public uint Owner { get; }

    public ShellHost Host { get; }

    public TimeProvider Time => Host.Time;

    public EventService Events { get; }

    public Node Node { get; }

    public JobQueue Queue { get; }

    public JobTable Jobs { get; } = new();

    public JobIds Ids { get; }

    public Journal Journal { get; }

    public JobRecorder Recorder { get; }

    public JobLifecycle Lifecycle { get; }

    public JobDependencies Dependencies { get; }

    public void Purge(IReadOnlyList<Job> purged)
    {
        foreach (var job in purged)
        {
            Jobs.Purge(job);
            Host.Outputs.GiveUp(job);
        }

        if (purged.Count > 0)
        {
            Events.Publish("job-purge-inactive", isPrivate: false, writer =>
            {
                writer.WriteStartArray("jobs");
                foreach (var job in purged)
                {
                    writer.WriteNumberValue(job.Id.WireValue);
                }

                writer.WriteEndArray();
            });
        }
    }

    private void PublishException(Job job, string type, int severity) => Events.Publish("job-exception", isPrivate: true, writer =>
    {
        writer.WriteNumber("id", job.Id.WireValue);
        writer.WriteString("type", type);
        writer.WriteNumber("severity", severity);
    });

    // What ended long ago makes room for what ended now.
    private void OnEnded(Job job)
    {
        Host.Outputs.Ended(job);
        var oldest = new List<Job>();
        while ((Jobs.InactiveCount > Host.Options.MaxEndedJobs || Jobs.InactiveBytes > Host.Options.MaxEndedJobBytes) && Jobs.OldestInactive is { } first)
        {
            oldest.Add(first);
            Jobs.Purge(first);
        }

        Purge(oldest);
    }
}
