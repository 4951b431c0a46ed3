using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Jobs;

/// <summary>
/// The one way in which anything about a job changes: an event is written to its eventlog and the journal, and applied to its
/// record. Whoever waits for a state is told then.
/// </summary>
internal sealed class JobRecorder(Journal journal, TimeProvider time)
{
    private const double Tick = 1e-6;

    /// <summary>Told of every event, after it has taken effect.</summary>
    public event Action<Job, string>? Happened;

    public void Record(Job job, string name, Action<Utf8JsonWriter> context) => Record(job, name, JsonText.Object(context));

    /// <param name="isLiveOnly">Goes to the journal but not to the eventlog (surprise 16).</param>
    public void Record(Job job, string name, byte[]? context = null, bool isLiveOnly = false)
    {
        job.LastTimestamp = Math.Max(time.Now(), job.LastTimestamp + Tick);
        var line = LogLine.Encode(job.LastTimestamp, name, context);
        var jobspec = name == "submit" ? job.Jobspec.Original : null;
        var r = name == "alloc" ? job.R : null;
        var happened = new JobEvent(job.LastTimestamp, name, context is null ? null : JsonText.Parse(context));
        job.Record = JobReducer.Apply(job.Record, new JournalEntry(job.Id.WireValue, [happened], Parse(jobspec), Parse(r))) ?? job.Record;
        if (!isLiveOnly)
        {
            job.Events.Append(line);
        }

        journal.Publish(job, name, line, jobspec, r);
        Happened?.Invoke(job, name);
        TellWaiting(job);
    }

    private static JsonElement? Parse(byte[]? json) => json is null ? null : JsonText.Parse(json);

    private static void TellWaiting(Job job)
    {
        if (job.Waiting.Count == 0 || job.Record is not { } record)
        {
            return;
        }

        foreach (var waiting in job.Waiting.Where(waiting => job.IsInactive || (record.StatesSeen & waiting.State) != 0).ToArray())
        {
            job.Waiting.Remove(waiting);
            waiting.Tell();
        }
    }
}
