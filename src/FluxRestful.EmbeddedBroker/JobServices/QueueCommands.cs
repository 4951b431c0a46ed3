using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary>The anonymous queue: there is one, without a name.</summary>
internal sealed class QueueCommands(Instance instance)
{
    public static void List(Request request) => request.Respond(writer =>
    {
        writer.WriteStartArray("queues");
        writer.WriteEndArray();
    });

    public void Status(Request request)
    {
        CheckName(request.Payload);
        var queue = instance.Queue;
        request.Respond(writer =>
        {
            writer.WriteBoolean("enable", queue.IsEnabled);
            writer.WriteBoolean("start", queue.IsStarted);
            if (queue is { IsEnabled: false, DisableReason: { } why })
            {
                writer.WriteString("disable_reason", why);
            }

            if (queue is { IsStarted: false, StopReason: { } reason })
            {
                writer.WriteString("stop_reason", reason);
            }
        });
    }

    public void Enable(Request request)
    {
        var payload = request.Payload;
        var (enable, _, reason) = (payload.Boolean("enable"), payload.Boolean("all"), payload.OptionalString("reason"));
        request.RequireOwner();
        CheckName(payload);
        if (!enable && reason is null)
        {
            throw new RequestException(Errno.EINVAL, "reason is required for disable");
        }

        (instance.Queue.IsEnabled, instance.Queue.DisableReason) = (enable, enable ? null : reason);
        request.Respond();
    }

    public void Start(Request request)
    {
        var payload = request.Payload;
        request.RequireOwner();
        var (start, _, reason) = (payload.Boolean("start"), payload.Boolean("all"), payload.OptionalString("reason"));
        _ = payload.OptionalBoolean("nocheckpoint");
        CheckName(payload);
        (instance.Queue.IsStarted, instance.Queue.StopReason) = (start, start ? null : reason);
        instance.Lifecycle.Schedule();
        request.Respond();
    }

    private static void CheckName(Payload payload)
    {
        if (payload.OptionalString("name") is { } name)
        {
            throw new RequestException(Errno.EINVAL, $"'{name}' is not a valid queue");
        }
    }
}
