using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;
using FluxRestful.EmbeddedBroker.Services;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary><c>job-info</c>: what is stored of a job, read once or followed.</summary>
internal sealed class JobInfoService : IService
{
    private const int Decode = 1;
    private const int Current = 2;
    private const int WaitCreate = 1;
    private const int InitialSentinel = 2;

    private readonly Instance _instance;
    private readonly Dictionary<Job, List<(ResponseStream Stream, string Key)>> _updateWatches = [];

    public JobInfoService(Instance instance, JobUpdates updates)
    {
        _instance = instance;
        updates.Updated += job => SendUpdates(job, isEnd: false);
        instance.Lifecycle.Ended += job => SendUpdates(job, isEnd: true);
    }

    public string Name => "job-info";

    public bool Handle(Request request, string method)
    {
        switch (method)
        {
            case "lookup":
                Lookup(request);
                return true;
            case "eventlog-watch":
                WatchEventLog(request);
                return true;
            case "update-watch":
                WatchUpdates(request);
                return true;
            case "eventlog-watch-cancel" or "update-watch-cancel":
                request.Connection.Streams.Cancel(request.Topic[..^"-cancel".Length], (uint)request.Payload.Integer("matchtag"));
                return true;
            case "stats-get":
                request.RequireOwner();
                request.Respond(writer => writer.WriteNumber("lookups", 0));
                return true;
            default:
                return false;
        }
    }

    private void Lookup(Request request)
    {
        var (id, keys, flags) = (request.Payload.Integer("id"), request.Payload.Strings("keys"), request.Payload.Integer("flags"));
        if ((flags & ~(Decode | Current)) != 0)
        {
            throw new RequestException(Errno.EPROTO, "lookup request rejected with invalid flag");
        }

        var job = _instance.Jobs.Find(JobId.FromWire(id)) ?? throw new RequestException(Errno.ENOENT, "invalid job id");
        CheckAccess(request, job, "access is restricted to job/instance owner");
        var values = keys.ConvertAll(key => (key, ValueOf(job, key, (flags & Current) != 0)));
        request.Respond(writer =>
        {
            writer.WriteNumber("id", id);
            foreach (var (key, value) in values)
            {
                if ((flags & Decode) != 0 && key is ("jobspec" or "R"))
                {
                    writer.WriteRaw(key, value);
                }
                else
                {
                    writer.WriteString(key, value);
                }
            }
        });
    }

    private static byte[] ValueOf(Job job, string key, bool current)
    {
        switch (key)
        {
            case "jobspec":
                return current ? job.Jobspec.Redacted : job.Jobspec.Original;
            case "R" when job.R is not null:
                return current ? CurrentR(job) : job.R;
            case "J":
                return System.Text.Encoding.UTF8.GetBytes(job.Signed);
            case "guest":
                throw new RequestException(Errno.EISDIR, "guest: Is a directory");
            default:
                return job.LogAt(key) is { Exists: true } log ? log.ToBytes() : throw new RequestException(Errno.ENOENT, $"{key}: key not found");
        }
    }

    private static byte[] CurrentR(Job job) => job.Expiration <= 0 && job.Record?.Expiration is null or 0
        ? job.R!
        : JsonRewriter.Rewrite(JsonText.Parse(job.R), (path, _) =>
            path == "execution.expiration" ? System.Text.Encoding.UTF8.GetBytes(JsonRewriter.Real(job.Record?.Expiration ?? job.Expiration)) : null);

    private void WatchEventLog(Request request)
    {
        var (id, path, flags) = (request.Payload.Integer("id"), request.Payload.String("path"), request.Payload.Integer("flags"));
        if ((flags & ~(WaitCreate | InitialSentinel)) != 0)
        {
            throw new RequestException(Errno.EPROTO, "eventlog-watch request rejected with invalid flag");
        }

        request.RequireStreaming("eventlog-watch request rejected without streaming RPC flag");
        var job = _instance.Jobs.Find(JobId.FromWire(id)) ?? throw new RequestException(Errno.ENOENT);
        CheckAccess(request, job, null);
        var log = job.LogAt(path) ?? throw new RequestException(Errno.ENOENT);
        if (request.Connection.Streams.Contains(request.Topic, request.Message.MatchTag))
        {
            throw new RequestException(Errno.EINVAL);
        }

        // guest.exec.eventlog may be watched before it is there; the others only if the caller says so (surprise 4).
        if (!log.Exists && (flags & WaitCreate) == 0 && path != "guest.exec.eventlog")
        {
            throw new RequestException(Errno.ENOENT);
        }

        EventLogWatch.Open(log, request, (flags & InitialSentinel) != 0);
    }

    private void WatchUpdates(Request request)
    {
        var (id, key, flags) = (request.Payload.Integer("id"), request.Payload.String("key"), request.Payload.Integer("flags"));
        request.RequireStreaming("update-watch request rejected without streaming RPC flag");
        if (flags != 0)
        {
            throw new RequestException(Errno.EPROTO, "update-watch request rejected with invalid flag");
        }

        if (key is not ("R" or "jobspec"))
        {
            throw new RequestException(Errno.EINVAL, "update-watch unsupported key specified");
        }

        var job = _instance.Jobs.Find(JobId.FromWire(id)) ?? throw new RequestException(Errno.ENOENT);
        CheckAccess(request, job, null);
        var value = ValueOf(job, key, current: true);
        var stream = ResponseStream.Open(request, closed => Forget(job, closed));
        stream.Send(JsonText.Object(writer => writer.WriteRaw(key, value)));
        if (job.IsInactive)
        {
            stream.End();
            return;
        }

        (_updateWatches.TryGetValue(job, out var watches) ? watches : _updateWatches[job] = []).Add((stream, key));
    }

    private void SendUpdates(Job job, bool isEnd)
    {
        foreach (var (stream, key) in _updateWatches.TryGetValue(job, out var watches) ? watches.ToArray() : [])
        {
            if (isEnd)
            {
                stream.End();
            }
            else
            {
                stream.Send(JsonText.Object(writer => writer.WriteRaw(key, ValueOf(job, key, current: true))));
            }
        }
    }

    private void Forget(Job job, ResponseStream closed)
    {
        if (_updateWatches.TryGetValue(job, out var watches) && watches.RemoveAll(watch => watch.Stream == closed) > 0 && watches.Count == 0)
        {
            _updateWatches.Remove(job);
        }
    }

    private static void CheckAccess(Request request, Job job, string? text)
    {
        if (!request.Caller.IsOwner && job.UserId != request.Caller.UserId)
        {
            throw new RequestException(Errno.EPERM, text);
        }
    }
}
