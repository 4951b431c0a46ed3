using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Connections;
using FluxRestful.EmbeddedBroker.Requests;
using Microsoft.Extensions.Logging;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary>Brings a request to the service whose name stands before the first dot of its topic.</summary>
internal sealed class ServiceRouter(uint ownerUserId, ILogger logger)
{
    private readonly Dictionary<string, IService> _services = [];

    public bool IsShuttingDown { get; set; }

    public IEnumerable<string> Names => _services.Keys;

    public bool TryAdd(IService service) => _services.TryAdd(service.Name, service);

    public IService? Find(string name) => _services.GetValueOrDefault(name);

    public void Remove(string name) => _services.Remove(name);

    /// <summary>Whatever a client sends. Only requests are for services; a request without topic is dropped as a real broker does.</summary>
    public void Handle(ClientConnection connection, FluxMessage message)
    {
        if (message.Type == MessageType.Request && message.Topic is not null)
        {
            Handle(new Request(connection, message, ownerUserId));
        }
        else if (message.Type == MessageType.Event && message.Topic is not null && Find("event") is EventService events)
        {
            events.Publish(connection, message);
        }
        else if (message.Type == MessageType.Response && Find("service") is ClientServices clients)
        {
            clients.Answer(message);
        }
    }

    private void Handle(Request request)
    {
        try
        {
            Dispatch(request);
        }
        catch (RequestException e)
        {
            request.Fail(e.Errnum, e.Text);
        }
        catch (Exception e)
        {
            logger.ServiceFailed(e, request.Topic);
            request.Fail(Errno.EINVAL, "internal error of the embedded broker");
        }
    }

    private void Dispatch(Request request)
    {
        // There is one rank, and nothing beyond it.
        if (request.Message.NodeId is not (FluxMessage.Any or 0))
        {
            throw new RequestException(Errno.EHOSTUNREACH);
        }

        var dot = request.Topic.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? request.Topic : request.Topic[..dot];
        if (!_services.TryGetValue(name, out var service) || (IsShuttingDown && name != "attr"))
        {
            throw new RequestException(Errno.ENOSYS, $"No service matching {request.Topic} is registered");
        }

        if (!service.Handle(request, dot < 0 ? "" : request.Topic[(dot + 1)..]))
        {
            throw new RequestException(Errno.ENOSYS, $"Unknown service method '{request.Topic}'");
        }
    }
}
