using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Connections;
using FluxRestful.EmbeddedBroker.Requests;
using FluxRestful.EmbeddedBroker.Scheduling;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary>What the command-line tools ask of services that hardly exist here: scheduler, executor, key-value store, connector.</summary>
internal static class OtherServices
{
    public static IEnumerable<IService> Of(Instance instance, Func<IEnumerable<ClientConnection>> clients) =>
    [
        new SmallService("sched", (request, method) => Scheduler(instance, request, method)),
        new SmallService("job-exec", (request, method) => Executor(instance, request, method)),
        new SmallService("kvs", (request, method) => KeyValues(instance, request, method)),
        new SmallService("connector-local", (request, method) => Connector(clients(), request, method)),
    ];

    private static bool Scheduler(Instance instance, Request request, string method)
    {
        if (method != "resource-status")
        {
            return false;
        }

        request.RequireOwner();
        request.Respond(writer => ResourceService.WriteSets(writer, instance.Node));
        return true;
    }

    private static bool Executor(Instance instance, Request request, string method)
    {
        if (method != "stats-get")
        {
            return false;
        }

        request.RequireOwner();
        request.Respond(writer =>
        {
            writer.WriteString("method", "embedded");
            writer.WriteReal("kill-timeout", instance.Host.Options.KillTimeout.TotalSeconds);
            writer.WriteString("term-signal", "SIGTERM");
            writer.WriteString("kill-signal", "SIGKILL");
            writer.WriteStartObject("jobs");
            foreach (var job in instance.Jobs.Active.Where(job => job.Shell is not null))
            {
                writer.WriteStartObject(job.Id.ToString());
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
        return true;
    }

    // Of the whole store only the instance's resources exist: flux top reads them.
    private static bool KeyValues(Instance instance, Request request, string method)
    {
        if (method != "lookup")
        {
            return false;
        }

        request.RequireOwner();
        if (request.Payload.String("key") != "resource.R" || request.Payload.Integer("flags") != 0)
        {
            throw new RequestException(Errno.ENOENT);
        }

        request.Respond(writer =>
        {
            writer.WriteStartObject("val");
            writer.WriteNumber("ver", 1);
            writer.WriteString("type", "val");
            writer.WriteBase64String("data", instance.Node.All());
            writer.WriteEndObject();
        });
        return true;
    }

    private static bool Connector(IEnumerable<ClientConnection> clients, Request request, string method)
    {
        if (method != "stats-get")
        {
            return false;
        }

        request.RequireOwner();
        request.Respond(writer =>
        {
            writer.WriteStartArray("clients");
            foreach (var client in clients)
            {
                writer.WriteStartObject();
                writer.WriteString("uuid", client.Id);
                writer.WriteNumber("userid", client.Peer.UserId);
                writer.WriteNumber("pid", client.Peer.ProcessId);
                writer.WriteNumber("rx", client.Received);
                writer.WriteNumber("tx", client.Sent);
                writer.WriteNumber("rxbacklog", client.Unread);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        return true;
    }
}
