using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary>What can be done to jobs: raise, kill, urgency, memo. Each has its own way of saying no (surprise 36).</summary>
internal sealed class JobCommands(Instance instance)
{
    private const int MaxSignal = 64;
    private const int MaxSeverity = 7;
    private const int MaxUrgency = 31;

    public void Raise(Request request)
    {
        var (type, severity) = ReadException(request.Payload);
        var note = request.Payload.OptionalString("note") ?? "";
        var job = FindActive(request, Errno.ENOENT, "unknown job id", "guests can only raise exceptions on their own jobs");
        instance.Lifecycle.Raise(job, type, severity, note, request.Caller.UserId);
        request.Respond();
    }

    public void RaiseAll(Request request)
    {
        var payload = request.Payload;
        var (type, severity) = ReadException(payload);
        var states = (JobState)payload.SmallInteger("states");
        var note = payload.OptionalString("note") ?? "";
        var jobs = OfUser(request, "guests can only raise exceptions on their own jobs").Where(job => (job.State & states) != 0).ToArray();
        if (!payload.Boolean("dry_run"))
        {
            Array.ForEach(jobs, job => instance.Lifecycle.Raise(job, type, severity, note, request.Caller.UserId));
        }

        Count(request, jobs.Length);
    }

    public void Kill(Request request)
    {
        var signal = Signal(request.Payload);
        var job = FindActive(request, Errno.EINVAL, "unknown job id", "guests may only send signals to their own jobs");
        if ((job.State & JobState.Run) == 0)
        {
            throw new RequestException(Errno.EINVAL, "job is not running");
        }

        Send(job, signal);
        request.Respond();
    }

    public void KillAll(Request request)
    {
        var signal = Signal(request.Payload);
        var jobs = OfUser(request, "guests may only send signals to their own jobs").Where(job => job.State == JobState.Run).ToArray();
        if (!request.Payload.Boolean("dry_run"))
        {
            Array.ForEach(jobs, job => Send(job, signal));
        }

        Count(request, jobs.Length);
    }

    public void Urgency(Request request)
    {
        var urgency = request.Payload.Integer("urgency");
        var job = FindActive(request, Errno.EINVAL, "unknown job", "guests can only reprioritize their own jobs");
        if (urgency is < 0 or > MaxUrgency)
        {
            throw new RequestException(Errno.EINVAL, "urgency value is out of range");
        }

        if (job.Allocation is not null)
        {
            throw new RequestException(Errno.EINVAL, "urgency cannot be changed once resources are allocated");
        }

        var old = job.Record!.Urgency;
        if (old != urgency)
        {
            instance.Lifecycle.SetUrgency(job, (int)urgency, request.Caller.UserId);
        }

        request.Respond(writer => writer.WriteNumber("old_urgency", old));
    }

    public void Memo(Request request)
    {
        var memo = request.Payload.Any("memo");
        var isVolatile = request.Payload.OptionalBoolean("volatile") ?? false;
        var job = FindActive(request, Errno.ENOENT, "unknown job id", "guests can only add a memo to their own jobs");
        if (memo.ValueKind != JsonValueKind.Object)
        {
            throw new RequestException(Errno.EINVAL);
        }

        instance.Recorder.Record(job, "memo", JsonText.Object(writer =>
        {
            foreach (var member in memo.EnumerateObject())
            {
                member.WriteTo(writer);
            }
        }), isLiveOnly: isVolatile);
        request.Respond();
    }

    /// <summary>The job of a request, if its sender may touch it and it is active.</summary>
    public Job FindActive(Request request, int unknown, string unknownText, string notYours, int? inactive = null)
    {
        var job = instance.Jobs.Find(JobId.FromWire(request.Payload.Integer("id"))) ?? throw new RequestException(unknown, unknownText);
        if (!request.Caller.IsOwner && job.UserId != request.Caller.UserId)
        {
            throw new RequestException(Errno.EPERM, notYours);
        }

        return job.IsInactive ? throw new RequestException(inactive ?? unknown, "job is inactive") : job;
    }

    private static (string Type, int Severity) ReadException(Payload payload)
    {
        var (type, severity) = (payload.String("type"), payload.Integer("severity"));
        if (severity is < 0 or > MaxSeverity)
        {
            throw new RequestException(Errno.EPROTO, "invalid exception severity");
        }

        return type.Length > 0 && !type.Any(letter => char.IsWhiteSpace(letter) || letter == '=')
            ? (type, (int)severity)
            : throw new RequestException(Errno.EPROTO, "invalid exception type");
    }

    private static int Signal(Payload payload) => payload.Integer("signum") is var signal && signal is >= 1 and <= MaxSignal
        ? (int)signal
        : throw new RequestException(Errno.EINVAL, "Invalid signal number");

    private static void Count(Request request, int count) => request.Respond(writer =>
    {
        writer.WriteNumber("count", count);
        writer.WriteNumber("errors", 0);
    });

    private Job[] OfUser(Request request, string notYours)
    {
        var user = request.Payload.Integer("userid");
        if (!request.Caller.IsOwner && user != request.Caller.UserId)
        {
            throw new RequestException(Errno.EPERM, notYours);
        }

        return instance.Jobs.Active.Where(job => user == Instance.Anybody || user == -1 || job.UserId == user).ToArray();
    }

    // In a real instance the shells hear of it by this event; here they are told.
    private void Send(Job job, int signal)
    {
        instance.Events.Publish($"shell-{job.Id.ToString(JobIdFormat.Dec)}.kill", isPrivate: false, writer => writer.WriteNumber("signum", signal));
        job.Shell?.Signal(signal);
    }
}
