using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary>How many jobs are in which state and how they ended; followers get new counts a moment after a change.</summary>
internal sealed class JobCounters
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly JobState[] States = [JobState.Depend, JobState.Priority, JobState.Sched, JobState.Run, JobState.Cleanup, JobState.Inactive];

    private readonly Instance _instance;
    private readonly List<ResponseStream> _followers = [];
    private readonly Dictionary<JobResult, int> _results = [];
    private ITimer? _telling;

    public JobCounters(Instance instance)
    {
        _instance = instance;
        instance.Recorder.Happened += (job, name) => Changed(job, name);
    }

    public void Answer(Request request)
    {
        request.Respond(Write);
        if (request.IsStreaming)
        {
            // Ends with its connection only (surprise 6).
            _followers.Add(ResponseStream.Open(request, closed => _followers.Remove(closed)));
        }
    }

    public void AnswerShort(Request request)
    {
        var active = _instance.Jobs.Active.ToArray();
        request.Respond(writer =>
        {
            writer.WriteStartObject("jobs");
            writer.WriteNumber("pending", active.Count(job => job.IsPending));
            writer.WriteNumber("running", active.Count(job => job.IsRunning));
            writer.WriteNumber("inactive", _instance.Jobs.InactiveCount);
            writer.WriteEndObject();
            writer.WriteStartObject("idsync");
            writer.WriteNumber("lookups", 0);
            writer.WriteNumber("waits", 0);
            writer.WriteEndObject();
            writer.WriteNumber("stats_watchers", _followers.Count);
        });
    }

    private void Changed(Job job, string name)
    {
        if (name == "clean")
        {
            _results[job.Record!.Result] = _results.GetValueOrDefault(job.Record.Result) + 1;
        }

        if (_followers.Count > 0)
        {
            _telling ??= _instance.Host.Loop.After(Pause, Tell);
        }
    }

    private void Tell()
    {
        _telling?.Dispose();
        _telling = null;
        var counts = JsonText.Object(Write);
        foreach (var follower in _followers.ToArray())
        {
            follower.Send(counts);
        }
    }

    private void Write(Utf8JsonWriter writer)
    {
        var active = _instance.Jobs.Active.GroupBy(job => job.State).ToDictionary(group => group.Key, group => group.Count());
        active[JobState.Inactive] = _instance.Jobs.InactiveCount;
        writer.WriteStartObject("job_states");
        foreach (var state in States)
        {
            writer.WriteNumber(state.ToString().ToLowerInvariant(), active.GetValueOrDefault(state));
        }

        writer.WriteNumber("total", States.Sum(state => active.GetValueOrDefault(state)));
        writer.WriteEndObject();
        writer.WriteNumber("successful", _results.GetValueOrDefault(JobResult.Completed));
        writer.WriteNumber("failed", _results.GetValueOrDefault(JobResult.Failed));
        writer.WriteNumber("canceled", _results.GetValueOrDefault(JobResult.Canceled));
        writer.WriteNumber("timeout", _results.GetValueOrDefault(JobResult.Timeout));
        writer.WriteNumber("inactive_purged", _instance.Jobs.Purged);
        writer.WriteStartArray("queues");
        writer.WriteEndArray();
    }
}
