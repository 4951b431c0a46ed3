using System.Text.Json;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Requests;
using FluxRestful.EmbeddedBroker.Services;

namespace FluxRestful.EmbeddedBroker.Scheduling;

/// <summary><c>resource</c>: the one node, whether it is drained, and the journal of that.</summary>
internal sealed class ResourceService : IService
{
    private const int MaxHistory = 10_000;

    private readonly Instance _instance;
    private readonly List<byte[]> _history = [];
    private readonly List<ResponseStream> _followers = [];

    public ResourceService(Instance instance)
    {
        _instance = instance;
        _history.Add(Event("restart", writer =>
        {
            writer.WriteString("ranks", "0");
            writer.WriteString("online", "");
            writer.WriteString("nodelist", instance.Node.HostName);
        }));
        _history.Add(Event("resource-define", writer => writer.WriteString("method", "dynamic-discovery")));
        _history.Add(Event("online", writer => writer.WriteString("idset", "0")));
    }

    public string Name => "resource";

    public bool Handle(Request request, string method)
    {
        switch (method)
        {
            case "status":
                request.Respond(WriteStatus);
                return true;
            case "sched-status":
                request.Respond(writer => WriteSets(writer, _instance.Node));
                return true;
            case "drain":
                Drain(request);
                return true;
            case "undrain":
                Undrain(request);
                return true;
            case "journal":
                Journal(request);
                return true;
            case "journal-cancel":
                request.Connection.Streams.Cancel("resource.journal", (uint)request.Payload.Integer("matchtag"));
                return true;
            default:
                return false;
        }
    }

    /// <summary>All, down and allocated resources: also what the scheduler itself answers.</summary>
    public static void WriteSets(Utf8JsonWriter writer, Node node)
    {
        writer.WriteRaw("all", node.All());
        writer.WriteRaw("down", node.Down());
        writer.WriteRaw("allocated", node.Allocated());
    }

    private void WriteStatus(Utf8JsonWriter writer)
    {
        writer.WriteRaw("R", _instance.Node.All());
        writer.WriteStartObject("drain");
        if (_instance.Node.Drain is { } drain)
        {
            writer.WriteStartObject("0");
            writer.WriteReal("timestamp", Math.Floor(drain.Timestamp));
            writer.WriteString("reason", drain.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteString("online", "0");
        foreach (var name in (string[])["offline", "exclude", "torpid"])
        {
            writer.WriteString(name, "");
        }
    }

    private void Drain(Request request)
    {
        request.RequireOwner();
        var payload = request.Payload;
        var (reason, mode) = (payload.OptionalString("reason"), payload.OptionalString("mode"));
        CheckTargets(payload.String("targets"));
        if (mode is not (null or "update" or "overwrite"))
        {
            throw new RequestException(Errno.EINVAL, $"invalid drain mode '{mode}' specified");
        }

        if (_instance.Node.Drain is not null && mode is null)
        {
            throw new RequestException(Errno.EEXIST, "rank 0 already drained");
        }

        var since = mode == "update" ? _instance.Node.Drain?.Timestamp : null;
        _instance.Node.Drain = (since ?? _instance.Time.Now(), reason ?? "");
        Tell("drain", writer =>
        {
            if (reason is not null)
            {
                writer.WriteString("reason", reason);
            }

            writer.WriteNumber("overwrite", mode switch { "overwrite" => 2, "update" => 1, _ => 0 });
        });
        request.Respond();
    }

    private void Undrain(Request request)
    {
        request.RequireOwner();
        if (request.Payload.OptionalString("mode") is { } mode)
        {
            throw new RequestException(Errno.EINVAL, $"invalid undrain mode '{mode}' specified");
        }

        CheckTargets(request.Payload.String("targets"));
        if (_instance.Node.Drain is null)
        {
            throw new RequestException(Errno.EEXIST, "rank 0 not drained");
        }

        _instance.Node.Drain = null;
        Tell("undrain", writer => writer.WriteNumber("overwrite", 0));
        _instance.Lifecycle.Schedule();
        request.Respond();
    }

    private void CheckTargets(string targets)
    {
        if (IdSet.TryParse(targets, out var ranks))
        {
            if (ranks.Any(rank => rank != 0) || ranks.Count == 0)
            {
                throw new RequestException(Errno.EINVAL, "idset is out of range");
            }
        }
        else if (!Hostlist.TryParse(targets, out var hosts) || hosts.Any(host => host != _instance.Node.HostName))
        {
            throw new RequestException(Errno.EINVAL, $"invalid targets: invalid hosts: {targets}");
        }
    }

    private void Journal(Request request)
    {
        request.RequireOwner();
        request.RequireStreaming("");
        var stream = ResponseStream.Open(request, closed => _followers.Remove(closed));
        stream.Send(Message(_history, withResources: true));
        stream.Send(Message([], withResources: false));
        _followers.Add(stream);
    }

    private void Tell(string name, Action<Utf8JsonWriter> more)
    {
        var happened = Event(name, writer =>
        {
            writer.WriteString("idset", "0");
            writer.WriteString("nodelist", _instance.Node.HostName);
            more(writer);
        });
        if (_history.Count < MaxHistory)
        {
            _history.Add(happened);
        }

        foreach (var follower in _followers.ToArray())
        {
            follower.Send(Message([happened], withResources: false));
        }
    }

    private byte[] Event(string name, Action<Utf8JsonWriter> context) => LogLine.Encode(_instance.Time.Now(), name, context);

    private byte[] Message(List<byte[]> events, bool withResources) => JsonText.Object(writer =>
    {
        writer.WriteStartArray("events");
        foreach (var line in events)
        {
            writer.WriteRawValue(line.AsSpan().TrimEnd((byte)'\n'), skipInputValidation: true);
        }

        writer.WriteEndArray();
        if (withResources)
        {
            writer.WriteRaw("R", _instance.Node.All());
        }
    });
}
