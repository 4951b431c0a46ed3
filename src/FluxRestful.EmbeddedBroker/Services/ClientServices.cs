using System.Text;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Connections;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary>Services that clients offer: <c>service.add</c> and <c>service.remove</c>, and the way of requests to them and back.</summary>
internal sealed class ClientServices(ServiceRouter router) : IService
{
    private readonly Dictionary<string, Offered> _offered = [];

    public string Name => "service";

    public bool Handle(Request request, string method)
    {
        switch (method)
        {
            case "add":
                request.RequireOwner();
                Add(request.Connection, request.Payload.String("service"));
                break;
            case "remove":
                Remove(request.Connection, request.Payload.String("service"));
                break;
            default:
                return false;
        }

        request.Respond();
        return true;
    }

    /// <summary>A response of a client that offers a service: the outermost route says to whom it goes.</summary>
    public void Answer(FluxMessage response)
    {
        if (response.Routes.Count > 0 && _waiting.TryGetValue(Encoding.UTF8.GetString(response.Routes[0].Span), out var asked))
        {
            asked.Send(response with { Routes = response.Routes.Skip(1).ToArray(), UserId = asked.Caller.UserId });
        }
    }

    public void Remove(ClientConnection connection)
    {
        _waiting.Remove(connection.Id);
        foreach (var name in _offered.Where(entry => entry.Value.By == connection).Select(entry => entry.Key).ToArray())
        {
            _offered.Remove(name);
            router.Remove(name);
        }
    }

    private readonly Dictionary<string, ClientConnection> _waiting = [];

    private void Add(ClientConnection connection, string name)
    {
        var offered = new Offered(name, connection, _waiting);
        if (name.Length == 0 || !router.TryAdd(offered))
        {
            throw new RequestException(Errno.EEXIST);
        }

        _offered.Add(name, offered);
    }

    private void Remove(ClientConnection connection, string name)
    {
        if (!_offered.TryGetValue(name, out var offered) || offered.By != connection)
        {
            throw new RequestException(Errno.ENOENT);
        }

        _offered.Remove(name);
        router.Remove(name);
    }

    private sealed class Offered(string name, ClientConnection by, Dictionary<string, ClientConnection> waiting) : IService
    {
        public string Name { get; } = name;

        public ClientConnection By { get; } = by;

        public bool Handle(Request request, string method)
        {
            waiting[request.Connection.Id] = request.Connection;
            By.Send(request.Message with
            {
                UserId = request.Caller.UserId,
                RoleMask = request.Caller.RoleMask,
                Flags = request.Message.Flags | MessageFlags.Route,
                Routes = [Encoding.UTF8.GetBytes(request.Connection.Id), .. request.Message.Routes],
            });
            return true;
        }
    }
}
