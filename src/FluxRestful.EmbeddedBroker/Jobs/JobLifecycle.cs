using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Requests;
using FluxRestful.EmbeddedBroker.Scheduling;
using FluxRestful.EmbeddedBroker.Tasks;

namespace FluxRestful.EmbeddedBroker.Jobs;

/// <summary>Takes jobs from one state to the next (RFC 21): new, depend, priority, sched, run, cleanup, inactive.</summary>
internal sealed class JobLifecycle(JobTable jobs, JobRecorder recorder, JobQueue queue, Node node, ShellHost host, uint owner, Action<Job, string, int> publishException)
{
    public const long Expedited = 4294967295;

    private const int SigTerm = 15;
    private const int SigAlarm = 14;
    private const int SigKill = 9;
    private const int ExpeditedUrgency = 31;

    private bool _isScheduling;

    /// <summary>Told of each job that ended.</summary>
    public event Action<Job>? Ended;

    public void Submit(Job job, int urgency)
    {
        jobs.Add(job);
        recorder.Record(job, "submit", writer =>
        {
            writer.WriteNumber("userid", job.UserId);
            writer.WriteNumber("urgency", urgency);
            writer.WriteNumber("flags", job.Flags);
            writer.WriteNumber("version", 1);
        });
    }

    /// <summary>Refuses a job that was submitted already.</summary>
    public void Invalidate(Job job)
    {
        recorder.Record(job, "invalidate");
        job.Events.End();
        jobs.Forget(job);
    }

    public void Validate(Job job)
    {
        recorder.Record(job, "validate");
        if (job.Dependencies.Count == 0)
        {
            DependenciesMet(job);
        }
    }

    public void DependenciesMet(Job job)
    {
        if (job.State == JobState.Depend)
        {
            recorder.Record(job, "depend");
            Prioritise(job);
        }
    }

    public void SetUrgency(Job job, int urgency, uint userId)
    {
        recorder.Record(job, "urgency", writer =>
        {
            writer.WriteNumber("userid", userId);
            writer.WriteNumber("urgency", urgency);
        });
        if (job.State == JobState.Priority)
        {
            Prioritise(job);
        }
    }

    /// <summary>After whatever may change a priority: its event, and the job's place in the queue.</summary>
    public void Prioritise(Job job)
    {
        var urgency = job.Record!.Urgency;
        recorder.Record(job, "priority", writer => writer.WriteNumber("priority", urgency == ExpeditedUrgency ? Expedited : urgency));
        queue.Put(job);
        Schedule();
    }

    /// <summary>Gives cores to whoever is next, as long as there are any.</summary>
    public void Schedule()
    {
        if (_isScheduling)
        {
            return;
        }

        _isScheduling = true;
        host.Loop.Soon(ScheduleNow);
    }

    public void Raise(Job job, string type, int severity, string note, uint userId)
    {
        recorder.Record(job, "exception", writer =>
        {
            writer.WriteString("type", type);
            writer.WriteNumber("severity", severity);
            writer.WriteString("note", note);
            writer.WriteNumber("userid", userId);
        });
        publishException(job, type, severity);
        if (severity != 0)
        {
            return;
        }

        queue.Remove(job);
        if (job.Shell is { } shell)
        {
            shell.Signal(type == "timeout" ? SigAlarm : SigTerm);
            job.KillTimer ??= host.Loop.Every(host.Options.KillTimeout, host.Options.KillTimeout, () => shell.Signal(SigKill));
        }
        else if (job.Allocation is null)
        {
            Clean(job);
        }
    }

    /// <summary>Ends a running job when its time is up: now, or at its new expiration.</summary>
    public void SetExpiration(Job job, double expiration)
    {
        job.Expiration = expiration;
        job.Alarm?.Dispose();
        job.Alarm = expiration <= 0 ? null : host.Loop.After(TimeSpan.FromSeconds(Math.Min(expiration - host.Time.Now(), 1e9)), () => TimeIsUp(job));
    }

    private void TimeIsUp(Job job)
    {
        if (job.State != JobState.Run)
        {
            return;
        }

        if (host.Time.Now() < job.Expiration - 0.001)
        {
            SetExpiration(job, job.Expiration);
            return;
        }

        Raise(job, "timeout", 0, "resource allocation expired", owner);
    }

    private void ScheduleNow()
    {
        _isScheduling = false;
        while (queue.NextImpossible() is { } impossible)
        {
            Raise(impossible.Job, "alloc", 0, impossible.Why, owner);
        }

        while (queue.NextToRun() is { } next)
        {
            Allocate(next.Job, next.Allocation);
        }
    }

    private void Allocate(Job job, Allocation allocation)
    {
        var now = host.Time.Now();
        var expiration = job.Jobspec.Duration > 0 ? now + job.Jobspec.Duration : 0;
        job.Allocation = allocation;
        job.R = node.R(allocation, now, expiration);
        var annotations = Annotations(job, allocation);
        recorder.Record(job, "annotations", annotations, isLiveOnly: true);
        recorder.Record(job, "alloc", annotations);
        SetExpiration(job, expiration);
        job.Shell = new JobShell(job, host, note => Raise(job, "exec", 0, note, owner), status => Finish(job, status));
        recorder.Record(job, "start");
        job.Shell.Start();
    }

    private static byte[] Annotations(Job job, Allocation allocation) => JsonText.Object(writer =>
    {
        writer.WriteStartObject("annotations");
        if (job.Record?.Annotations is { } text && JsonDocument.Parse(text).RootElement.TryGetProperty("user", out var user))
        {
            writer.WritePropertyName("user");
            user.WriteTo(writer);
        }

        writer.WriteStartObject("sched");
        writer.WriteString("resource_summary", Node.Summary(allocation));
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private void Finish(Job job, int status)
    {
        recorder.Record(job, "finish", writer => writer.WriteNumber("status", status));
        recorder.Record(job, "release", writer =>
        {
            writer.WriteString("ranks", "all");
            writer.WriteBoolean("final", true);
        });
        node.Free(job.Allocation!);
        recorder.Record(job, "free");
        Clean(job);
        Schedule();
    }

    private void Clean(Job job)
    {
        job.Alarm?.Dispose();
        job.KillTimer?.Dispose();
        job.Jobspec.ForgetEnvironment();
        recorder.Record(job, "clean");
        job.Shell = null;
        jobs.BecameInactive(job);
        foreach (var log in (EventLog[])[job.Events, job.Exec, job.Output, job.Input])
        {
            log.End();
        }

        Ended?.Invoke(job);
    }
}
