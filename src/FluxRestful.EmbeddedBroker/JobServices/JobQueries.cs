using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary>What the job manager tells about jobs: list, getattr, counters; and purging, which forgets them.</summary>
internal sealed class JobQueries(Instance instance)
{
    private const int MaxBatch = 100;

    public void List(Request request)
    {
        request.RequireOwner();
        var max = request.Payload.SmallInteger("max_entries");
        var jobs = instance.Jobs.Active.OrderByDescending(job => job.Record?.Priority ?? -1).ThenBy(job => job.Id);
        request.Respond(writer =>
        {
            writer.WriteStartArray("jobs");
            foreach (var job in max > 0 ? jobs.Take(max) : jobs)
            {
                JobRecordJson.Write(writer, job.Record!, Listed);
            }

            writer.WriteEndArray();
        });
    }

    public void GetAttributes(Request request)
    {
        var names = request.Payload.Strings("attrs");
        var job = instance.Jobs.Find(JobId.FromWire(request.Payload.Integer("id"))) ?? throw new RequestException(Errno.EINVAL, "unknown job");
        if (!request.Caller.IsOwner && job.UserId != request.Caller.UserId)
        {
            throw new RequestException(Errno.EPERM, "guests can only access their own jobs");
        }

        var values = names.ConvertAll(name => (name, ValueOf(job, name)));
        request.Respond(writer =>
        {
            foreach (var (name, value) in values)
            {
                writer.WriteRaw(name, value);
            }
        });
    }

    public void GetInfo(Request request) => request.Respond(writer => writer.WriteNumber("max_jobid", instance.Jobs.MaxId));

    public void QueryAllocations(Request request)
    {
        var running = instance.Jobs.Active.Count(job => job.IsRunning && job.Allocation is not null);
        request.Respond(writer =>
        {
            writer.WriteNumber("queue_length", instance.Queue.Count);
            writer.WriteNumber("alloc_pending", instance.Queue.IsStarted ? instance.Queue.Count : 0);
            writer.WriteNumber("running", running);
        });
    }

    public void Stats(Request request) => request.Respond(writer =>
    {
        writer.WriteStartObject("journal");
        writer.WriteNumber("listeners", instance.Journal.Listeners);
        writer.WriteNumber("events", instance.Journal.Events);
        writer.WriteEndObject();
        writer.WriteNumber("active_jobs", instance.Jobs.ActiveCount);
        writer.WriteNumber("inactive_jobs", instance.Jobs.InactiveCount);
        writer.WriteNumber("max_jobid", instance.Jobs.MaxId);
        writer.WriteStartObject("housekeeping");
        writer.WriteStartObject("running");
        writer.WriteEndObject();
        writer.WriteStartObject("config");
        writer.WriteReal("release-after", -1);
        writer.WriteString("command", "");
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public void ResourceStatus(Request request)
    {
        request.RequireOwner();
        request.Respond(writer => writer.WriteRaw("allocated", instance.Node.Allocated()));
    }

    public void Purge(Request request)
    {
        request.RequireOwner();
        var payload = request.Payload;
        var age = payload.Any("age_limit") is { ValueKind: JsonValueKind.Number } limit && !limit.TryGetInt64(out _)
            ? limit.GetDouble()
            : throw new RequestException(Errno.EPROTO);
        var (number, batch, force) = (payload.Integer("num_limit"), payload.SmallInteger("batch"), payload.Boolean("force"));
        if (batch is < 1 or > MaxBatch)
        {
            throw new RequestException(Errno.EPROTO, $"batch must be in the range 1-{MaxBatch}");
        }

        var excess = number >= 0 ? instance.Jobs.InactiveCount - number : 0;
        var now = instance.Time.Now();
        var candidates = instance.Jobs.OldestFirst.Where((job, index) => index < excess || (age >= 0 && now - job.Record!.TInactive > age));
        var purged = force ? candidates.Take(batch).ToArray() : [];
        var count = force ? purged.Length : candidates.Count();
        instance.Purge(purged);
        request.Respond(writer => writer.WriteNumber("count", count));
    }

    public void PurgeOne(Request request)
    {
        request.RequireOwner();
        var (id, force) = (request.Payload.Integer("id"), request.Payload.Integer("force"));
        var job = instance.Jobs.Find(JobId.FromWire(id)) ?? throw new RequestException(Errno.ENOENT, "id not found");
        if (!job.IsInactive)
        {
            throw new RequestException(Errno.EINVAL, "cannot purge active job");
        }

        if (force != 0)
        {
            instance.Purge([job]);
        }

        request.Respond(writer => writer.WriteNumber("count", 1));
    }

    private static readonly HashSet<string> Listed = ["userid", "urgency", "priority", "t_submit", "state", "annotations"];

    private static byte[] ValueOf(Job job, string name) => name switch
    {
        "eventlog" => Events(job),
        "jobspec" => job.Jobspec.Redacted,
        "R" => job.R ?? throw new RequestException(Errno.ENOENT, "R is NULL"),
        _ => throw new RequestException(Errno.ENOENT, $"unknown attr {name}"),
    };

    private static byte[] Events(Job job)
    {
        var lines = job.Events.ToBytes().AsSpan().TrimEnd((byte)'\n').ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            // A newline inside an entry would be escaped, so every one stands between two entries.
            lines[i] = lines[i] == '\n' ? (byte)',' : lines[i];
        }

        return [(byte)'[', .. lines, (byte)']'];
    }
}
