using System.Text.Json;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Connections;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary>Events (RFC 3): who subscribed to what, and numbered delivery. A subscription is a plain prefix of the topic.</summary>
internal sealed class EventService(uint owner, string brokerId) : IService
{
    private const int PrivateFlag = 32;

    private readonly Dictionary<ClientConnection, List<string>> _subscriptions = [];
    private readonly byte[] _route = System.Text.Encoding.UTF8.GetBytes(brokerId);
    private uint _sequence;

    public string Name => "event";

    public bool Handle(Request request, string method)
    {
        switch (method)
        {
            case "subscribe":
                Subscribe(request.Connection, request.Payload.String("topic"));
                request.Respond();
                return true;
            case "unsubscribe":
                Unsubscribe(request.Connection, request.Payload.String("topic"));
                request.Respond();
                return true;
            case "publish":
                var sequence = Publish(request);
                request.Respond(writer => writer.WriteNumber("seq", sequence));
                return true;
            default:
                return false;
        }
    }

    /// <summary>An event of the broker's own.</summary>
    public uint Publish(string topic, bool isPrivate = false, Action<Utf8JsonWriter>? payload = null)
    {
        byte[]? bytes = payload is null ? null : [.. JsonText.Object(payload), 0];
        return Deliver(topic, bytes, new Caller(owner, Caller.Owner | Caller.Local), isPrivate);
    }

    /// <summary>A message of type event that a client sent; never answered.</summary>
    public void Publish(ClientConnection connection, FluxMessage message) =>
        Deliver(message.Topic!, message.Payload, connection.Caller.StampedBy(message), message.Flags.HasFlag(MessageFlags.Private));

    public void Remove(ClientConnection connection) => _subscriptions.Remove(connection);

    private void Subscribe(ClientConnection connection, string topic)
    {
        if (!_subscriptions.TryGetValue(connection, out var topics))
        {
            _subscriptions[connection] = topics = [];
        }

        topics.Add(topic);
    }

    private void Unsubscribe(ClientConnection connection, string topic)
    {
        if (!_subscriptions.TryGetValue(connection, out var topics) || !topics.Remove(topic))
        {
            throw new RequestException(Errno.ENOENT);
        }
    }

    private uint Publish(Request request)
    {
        var flags = request.Payload.Integer("flags");
        if ((flags & ~PrivateFlag) != 0)
        {
            throw new RequestException(Errno.EPROTO);
        }

        byte[]? payload = null;
        if (request.Payload.OptionalString("payload") is { } text)
        {
            try
            {
                payload = Convert.FromBase64String(text);
            }
            catch (FormatException)
            {
                throw new RequestException(Errno.EPROTO);
            }
        }

        return Deliver(request.Payload.String("topic"), payload, request.Caller, flags == PrivateFlag);
    }

    private uint Deliver(string topic, ReadOnlyMemory<byte>? payload, Caller publisher, bool isPrivate)
    {
        var flags = MessageFlags.Topic | MessageFlags.Route;
        var message = new FluxMessage
        {
            Type = MessageType.Event,
            Flags = flags | (payload is null ? 0 : MessageFlags.Payload) | (isPrivate ? MessageFlags.Private : 0),
            UserId = publisher.UserId,
            RoleMask = publisher.RoleMask,
            Aux = ++_sequence,
            Routes = [_route],
            Topic = topic,
            Payload = payload,
        };
        foreach (var (connection, topics) in _subscriptions)
        {
            var mayRead = !isPrivate || connection.Caller.IsOwner || connection.Caller.UserId == publisher.UserId;
            if (mayRead && topics.Exists(prefix => topic.StartsWith(prefix, StringComparison.Ordinal)))
            {
                connection.Send(message);
            }
        }

        return _sequence;
    }
}
