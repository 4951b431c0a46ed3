using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;
using FluxRestful.EmbeddedBroker.Services;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary><c>job-list</c>: the records of jobs, filtered and in the order in which people look at them.</summary>
internal sealed class JobListService(Instance instance, JobCounters counters) : IService
{
    private static readonly HashSet<string> Known = [.. JobRecordJson.Attributes];

    public string Name => "job-list";

    public bool Handle(Request request, string method)
    {
        try
        {
            return Dispatch(request, method);
        }
        catch (PayloadException e)
        {
            throw new RequestException(Errno.EPROTO, $"invalid payload: {e.Detail}");
        }
    }

    private bool Dispatch(Request request, string method)
    {
        switch (method)
        {
            case "list":
                List(request);
                return true;
            case "list-id":
                ListOne(request);
                return true;
            case "list-attrs":
                request.Respond(writer =>
                {
                    writer.WriteStartArray("attrs");
                    JobRecordJson.Attributes.ToList().ForEach(writer.WriteStringValue);
                    writer.WriteEndArray();
                });
                return true;
            case "job-stats":
                counters.Answer(request);
                return true;
            case "stats-get":
                counters.AnswerShort(request);
                return true;
            default:
                return false;
        }
    }

    private void List(Request request)
    {
        var payload = request.Payload;
        var max = payload.SmallInteger("max_entries");
        if (max < 0)
        {
            throw new PayloadException("max_entries < 0 not allowed");
        }

        var attributes = ReadAttributes(payload);
        var since = payload.OptionalReal("since") ?? 0;
        var filter = JobFilter.Read(payload.OptionalObject("constraint"));
        var found = InOrder(since).Where(job => filter(job.Record!));
        var jobs = max > 0 ? found.Take(max) : found;
        if (request.IsStreaming)
        {
            Stream(request, jobs, attributes);
            return;
        }

        request.Respond(writer =>
        {
            writer.WriteStartArray("jobs");
            foreach (var job in jobs)
            {
                JobRecordJson.Write(writer, job.Record!, attributes);
            }

            writer.WriteEndArray();
        });
    }

    private static void Stream(Request request, IEnumerable<Job> jobs, HashSet<string>? attributes)
    {
        var isFirst = true;
        foreach (var job in jobs)
        {
            request.Respond(writer =>
            {
                writer.WriteStartArray("jobs");
                JobRecordJson.Write(writer, job.Record!, attributes);
                writer.WriteEndArray();
                if (isFirst)
                {
                    writer.WriteNumber("version", 1);
                }
            });
            isFirst = false;
        }

        request.Fail(Errno.ENODATA);
    }

    // Pending by priority, then age; running, the latest first; inactive, the latest first.
    private IEnumerable<Job> InOrder(double since)
    {
        var active = instance.Jobs.Active.Where(job => job.Record is not null).ToArray();
        return active.Where(job => job.IsPending).OrderByDescending(job => job.Record!.Priority ?? -1).ThenBy(job => job.Id)
            .Concat(active.Where(job => job.IsRunning).OrderByDescending(job => job.Record!.TRun ?? 0))
            .Concat(instance.Jobs.Inactive.TakeWhile(job => job.Record!.TInactive > since));
    }

    private void ListOne(Request request)
    {
        var payload = request.Payload;
        var id = JobId.FromWire(payload.Integer("id"));
        var attributes = ReadAttributes(payload);
        var state = payload.OptionalInteger("state") ?? 0;
        if (state is not (0 or 1 or 2 or 4 or 8 or 16 or 32 or 64))
        {
            throw new PayloadException("invalid state specified");
        }

        var job = instance.Jobs.Find(id) ?? throw new RequestException(Errno.ENOENT);
        if (state == 0 || job.IsInactive || (job.Record!.StatesSeen & (JobState)state) != 0)
        {
            Answer(request, job, attributes);
        }
        else
        {
            job.Waiting.Add(((JobState)state, () => Answer(request, job, attributes)));
        }
    }

    private static void Answer(Request request, Job job, HashSet<string>? attributes) => request.Respond(writer =>
    {
        writer.WritePropertyName("job");
        JobRecordJson.Write(writer, job.Record!, attributes);
    });

    // Null for all.
    private static HashSet<string>? ReadAttributes(Payload payload)
    {
        var names = payload.Strings("attrs");
        if (names.Contains("all"))
        {
            return null;
        }

        return names.Find(name => !Known.Contains(name)) is { } unknown
            ? throw new RequestException(Errno.EINVAL, $"{unknown} is not a valid attribute")
            : [.. names];
    }
}
