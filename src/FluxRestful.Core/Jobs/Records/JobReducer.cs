using System.Text.Json;
using FluxRestful.Core.Resources;

namespace FluxRestful.Core.Jobs.Records;

/// <summary>
/// From the events of the journal to the record that <c>job-list</c> would answer (RFC 21). Pure: what comes of a record and an entry depends on nothing else.
/// Events that are not known or not well-formed leave the record as it is.
/// </summary>
public static class JobReducer
{
    /// <summary>What becomes of a job.</summary>
    /// <param name="record">The record so far; null for a job not seen before. An entry with <c>submit</c> begins anew.</param>
    /// <param name="entry">The next message of the journal.</param>
    /// <returns>The new record. Null if the job is to be forgotten: it was refused (surprise 15), or nothing is known of its beginning.</returns>
    public static JobRecord? Apply(JobRecord? record, JournalEntry entry)
    {
        foreach (var each in entry.Events)
        {
            try
            {
                record = Apply(record, entry, each);
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException or JsonException)
            {
                // JSON can escape what is not Unicode. Such an event tells nothing, and the next one may.
            }
        }

        return record;
    }

    private static JobRecord? Apply(JobRecord? record, JournalEntry entry, JobEvent e) => e.Name switch
    {
        "submit" => Submit(entry, e),
        _ when record is null => null,
        "invalidate" => null,
        "alloc" => Alloc(record, entry.R, e),
        _ => Apply(record, e),
    };

    private static JobRecord Apply(JobRecord record, JobEvent e) => e.Name switch
    {
        "validate" => Enter(record, JobState.Depend) with { TDepend = record.TDepend ?? e.Timestamp },
        "depend" => Enter(record, JobState.Priority) with { TPriority = record.TPriority ?? e.Timestamp },
        "priority" => Prioritize(record, e),
        "urgency" => ReturnToPriority(record with { Urgency = e.Context.Get("urgency").SmallInteger() ?? record.Urgency }),
        "jobspec-update" when e.Context is { } updates => ReturnToPriority(JobRecordJobspec.Update(record, updates)),
        "flux-restart" => ReturnToPriority(record),
        "dependency-add" => Depend(record, e),
        "dependency-remove" => Met(record, e),
        "annotations" => record with { Annotations = JobAnnotations.Replace(record.Annotations, e.Context), HasLiveAnnotations = true },
        "memo" when e.Context is { } memo => record with { Annotations = JobAnnotations.Memo(record.Annotations, memo) },
        "resource-update" => record with { Expiration = Known(e.Context.Get("expiration").Real()) ?? record.Expiration },
        "finish" => Finish(record, e),
        "exception" => Raise(record, e),
        "clean" => Enter(record, JobState.Inactive) with { TInactive = record.TInactive ?? e.Timestamp, Result = ResultOf(record) },
        _ => record,
    };

    private static JobRecord Submit(JournalEntry entry, JobEvent e)
    {
        var record = new JobRecord
        {
            Id = entry.JobId,
            UserId = (uint)(e.Context.Get("userid").Integer() ?? uint.MaxValue),
            Urgency = e.Context.Get("urgency").SmallInteger() ?? -1,
            TSubmit = e.Timestamp,
        };
        return entry.Jobspec is { } jobspec ? JobRecordJobspec.Read(record, jobspec) : record;
    }

    private static JobRecord Enter(JobRecord record, JobState state) => record with { State = state, StatesSeen = record.StatesSeen | state };

    private static JobRecord Prioritize(JobRecord record, JobEvent e)
    {
        if (e.Context.Get("priority").Integer() is not { } priority)
        {
            return record;
        }

        return record.State == JobState.Priority
            ? Enter(record, JobState.Sched) with { Priority = priority, TSched = record.TSched ?? e.Timestamp }
            : record.StatesSeen.HasFlag(JobState.Sched) ? record with { Priority = priority } : record;
    }

    // A new urgency, an update or a restart asks for the priority once more; until it is told there is none.
    private static JobRecord ReturnToPriority(JobRecord record) => record.State != JobState.Sched
        ? record
        : record with
        {
            State = JobState.Priority,
            StatesSeen = (record.StatesSeen & ~JobState.Sched) | JobState.Priority,
            Priority = null,
        };

    private static JobRecord Depend(JobRecord record, JobEvent e) =>
        e.Context.Get("description").Text() is { } dependency && record.Dependencies?.Contains(dependency) != true
            ? record with { Dependencies = [.. record.Dependencies ?? [], dependency] }
            : record;

    private static JobRecord Met(JobRecord record, JobEvent e) =>
        e.Context.Get("description").Text() is { } dependency && record.Dependencies is { } dependencies
            ? record with { Dependencies = [.. dependencies.Where(each => each != dependency)] }
            : record;

    private static JobRecord Alloc(JobRecord record, JsonElement? r, JobEvent e)
    {
        record = Enter(record, JobState.Run) with { TRun = record.TRun ?? e.Timestamp };
        if (!record.HasLiveAnnotations)
        {
            record = record with { Annotations = JobAnnotations.OfAlloc(record.Annotations, e.Context) };
        }

        return r is { } resources ? Allocate(record, resources) : record;
    }

    private static JobRecord Allocate(JobRecord record, JsonElement r)
    {
        ResourceSet set;
        try
        {
            set = ResourceSet.FromJson(r);
        }
        catch (FormatException)
        {
            // As job-list does: a job whose R cannot be read has none.
            return record;
        }

        var cores = (int)Math.Min(set.CoreCount, int.MaxValue);
        return record with
        {
            NNodes = set.NodeCount,
            NCores = cores,
            NGpus = (int)Math.Min(set.GpuCount, int.MaxValue),
            NTasks = record switch
            {
                { TasksPerNode: > 0 } => JobspecCounts.Product(set.NodeCount, record.TasksPerNode),
                { TasksPerCore: > 0 } => JobspecCounts.Product(cores, record.TasksPerCore),
                _ => record.NTasks,
            },
            Ranks = Strings.Share(set.Ranks.ToString(brackets: true)),
            NodeList = Strings.Share(set.Hosts.ToString()),
            Expiration = Known(set.Expiration),
        };
    }

    private static JobRecord Finish(JobRecord record, JobEvent e) => e.Context.Get("status").SmallInteger() is { } status
        ? CleanUp(record with { WaitStatus = status, Success = status == 0 && record.Exception?.IsFatal != true }, e)
        : record;

    private static JobRecord Raise(JobRecord record, JobEvent e)
    {
        if (e.Context.Get("type").Text() is not { } type || e.Context.Get("severity").SmallInteger() is not { } severity)
        {
            return record;
        }

        if (record.Exception is null || severity < record.Exception.Severity)
        {
            record = record with { Exception = new(type, severity, e.Context.Get("note").Text() ?? "") };
        }

        return severity == 0 ? CleanUp(record, e) : record;
    }

    // Entered once, by whichever of finish and fatal exception comes first.
    private static JobRecord CleanUp(JobRecord record, JobEvent e) => record.StatesSeen.HasFlag(JobState.Cleanup)
        ? record
        : Enter(record, JobState.Cleanup) with { TCleanup = e.Timestamp };

    private static JobResult ResultOf(JobRecord record) => (record.Success, record.Exception?.Type) switch
    {
        (true, _) => JobResult.Completed,
        (_, "cancel") => JobResult.Canceled,
        (_, "timeout") => JobResult.Timeout,
        _ => JobResult.Failed,
    };

    private static double? Known(double? seconds) => seconds >= 0 ? seconds : null;
}
