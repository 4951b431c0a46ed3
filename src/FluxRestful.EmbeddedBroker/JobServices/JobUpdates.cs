using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary><c>job-manager.update</c>: the duration, of a waiting job as a jobspec update, of a running one as a new expiration.</summary>
internal sealed class JobUpdates(Instance instance, JobCommands commands)
{
    private const string Duration = "attributes.system.duration";

    public void Update(Request request)
    {
        var updates = request.Payload.Object("updates");
        var job = commands.FindActive(request, Errno.ENOENT, "unknown job id", "guests may only update their own jobs", Errno.EINVAL);
        foreach (var update in updates.EnumerateObject())
        {
            Check(update);
        }

        double? duration = updates.TryGetProperty(Duration, out var value) ? value.GetDouble() : null;
        if (job.IsRunning && duration is not null)
        {
            Extend(request, job, duration.Value);
        }

        WriteUpdate(job, duration);
        request.Respond();
    }

    private static void Check(JsonProperty update)
    {
        if (!update.Name.StartsWith("attributes.", StringComparison.Ordinal) && !update.Name.StartsWith("resources", StringComparison.Ordinal) && !update.Name.StartsWith("tasks", StringComparison.Ordinal))
        {
            throw new RequestException(Errno.EINVAL, "one or more jobspec updates are invalid");
        }

        if (update.Name == "attributes.system.queue")
        {
            throw new RequestException(Errno.EINVAL, $"'{update.Value}' is not a valid queue");
        }

        if (update.Name != Duration)
        {
            throw new RequestException(Errno.EINVAL, $"update of {update.Name} not supported");
        }

        if (update.Value.ValueKind != JsonValueKind.Number)
        {
            throw new RequestException(Errno.EINVAL, "plugin args unpack failed");
        }

        if (update.Value.GetDouble() < 0)
        {
            throw new RequestException(Errno.EINVAL, "duration must not be negative");
        }
    }

    private void Extend(Request request, Job job, double duration)
    {
        if (!request.Caller.IsOwner)
        {
            throw new RequestException(Errno.EINVAL, "duration update of running job requires instance owner privileges");
        }

        // From its start as R has it.
        var start = JsonDocument.Parse(job.R!).RootElement.GetProperty("execution").GetProperty("starttime").GetDouble();
        var expiration = duration > 0 ? start + duration : 0;
        if (expiration > 0 && expiration <= instance.Time.Now())
        {
            throw new RequestException(Errno.EINVAL, "requested duration places job expiration in the past");
        }

        instance.Lifecycle.SetExpiration(job, expiration);
    }

    private void WriteUpdate(Job job, double? duration)
    {
        if (duration is not null)
        {
            job.Jobspec.UpdateDuration(duration.Value);
        }

        instance.Recorder.Record(job, "jobspec-update", writer =>
        {
            if (duration is not null)
            {
                writer.WriteReal(Duration, duration.Value);
            }
        });
        if (job.IsRunning && duration is not null)
        {
            instance.Recorder.Record(job, "resource-update", writer => writer.WriteReal("expiration", job.Expiration));
            Updated?.Invoke(job);
        }
        else if (job.State == JobState.Priority)
        {
            instance.Lifecycle.Prioritise(job);
        }
    }

    /// <summary>R of a running job has changed.</summary>
    public event Action<Job>? Updated;
}
