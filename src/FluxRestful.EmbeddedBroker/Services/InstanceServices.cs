using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary>The small services of an instance of one rank that is simply running; each a name and what it answers.</summary>
internal sealed class InstanceServices(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>"run" until shutdown begins.</summary>
    public string State { get; set; } = "run";

    public IEnumerable<IService> All =>
    [
        new SmallService("config", (request, method) => Only("get", method, () => request.Respond(_ => { }))),
        new SmallService("state-machine", (request, method) => method == "monitor" ? Monitor(request) : Only("get", method, () => request.Respond(writer =>
        {
            writer.WriteString("state", State);
            writer.WriteReal("duration", Age);
        }))),
        new SmallService("groups", (request, method) => Only("get", method, () => Groups(request))),
        new SmallService("overlay", Overlay),
        new SmallService("heartbeat", (request, method) => Only("stats-get", method, () => request.Respond(_ => { }))),
    ];

    private double Age => time.GetElapsedTime(_started).TotalSeconds;

    private static bool Only(string expected, string method, Action answer)
    {
        if (method != expected)
        {
            return false;
        }

        answer();
        return true;
    }

    // A stream that can not be cancelled: it ends with its connection (surprise 6).
    private static void Hold(Request request)
    {
        if (request.IsStreaming)
        {
            ResponseStream.Open(request, _ => { });
        }
    }

    private static void Groups(Request request)
    {
        var name = request.Payload.String("name");
        request.Respond(writer => writer.WriteString("members", name == "broker.torpid" ? "" : "0"));
        Hold(request);
    }

    private static bool Monitor(Request request)
    {
        request.RequireStreaming("");
        request.Respond(writer => writer.WriteNumber("state", 3));
        Hold(request);
        return true;
    }

    private bool Overlay(Request request, string method)
    {
        switch (method)
        {
            case "topology" when request.Payload.Integer("rank") != 0:
                throw new RequestException(Errno.ENOENT);
            case "topology":
                request.Respond(writer =>
                {
                    writer.WriteNumber("rank", 0);
                    writer.WriteNumber("size", 1);
                    writer.WriteStartArray("children");
                    writer.WriteEndArray();
                });
                return true;
            case "health":
                request.Respond(writer =>
                {
                    writer.WriteNumber("rank", 0);
                    writer.WriteString("status", "full");
                    writer.WriteReal("duration", Age);
                    writer.WriteStartArray("children");
                    writer.WriteEndArray();
                });
                return true;
            case "monitor":
                Hold(request);
                return true;
            default:
                return false;
        }
    }
}
