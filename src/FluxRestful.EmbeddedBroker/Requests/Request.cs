using System.Text;
using System.Text.Json;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Connections;

namespace FluxRestful.EmbeddedBroker.Requests;

/// <summary>One request on its way through a service, and how it is answered: topic, matchtag, routes and streaming flag are copied.</summary>
internal sealed class Request(ClientConnection connection, FluxMessage message, uint ownerUserId)
{
    private const MessageFlags Copied = MessageFlags.Streaming | MessageFlags.Upstream;

    // Room for the topic, routes and header beside it.
    private const int MaxPayload = FrameCodec.MaxBodyLength - (64 * 1024);
    private const int TooLarge = 75;

    private Payload? _payload;

    public ClientConnection Connection { get; } = connection;

    public FluxMessage Message { get; } = message;

    public string Topic { get; } = message.Topic ?? "";

    public Caller Caller { get; } = connection.Caller.StampedBy(message);

    public bool IsStreaming => Message.Flags.HasFlag(MessageFlags.Streaming);

    /// <summary>The payload, which must be there; what does not decode is EPROTO.</summary>
    public Payload Payload => _payload ??= StrictJson.ReadPayload(Message.Payload);

    public void RequireOwner()
    {
        if (!Caller.IsOwner)
        {
            throw new RequestException(Errno.EPERM, "Request requires owner credentials");
        }
    }

    public void RequireStreaming(string text)
    {
        if (!IsStreaming)
        {
            throw new RequestException(Errno.EPROTO, text);
        }
    }

    public void Respond(Action<Utf8JsonWriter> members) => Respond(JsonText.Object(members));

    /// <summary>Success, with a JSON object or without a payload.</summary>
    public void Respond(byte[]? json = null) => Answer(0, json);

    /// <summary>An error; the text, if any, is no JSON.</summary>
    public void Fail(int errnum, string? text = null) => Answer(errnum, text is null ? null : Encoding.UTF8.GetBytes(text));

    private void Answer(int errnum, byte[]? payload)
    {
        if (Message.Flags.HasFlag(MessageFlags.NoResponse))
        {
            return;
        }

        if (payload?.Length > MaxPayload)
        {
            (errnum, payload) = (TooLarge, "the answer is larger than a message may be"u8.ToArray());
        }

        var flags = MessageFlags.Topic | MessageFlags.Route | (Message.Flags & Copied);
        Connection.Send(new FluxMessage
        {
            Type = MessageType.Response,
            Flags = payload is null ? flags : flags | MessageFlags.Payload,
            UserId = ownerUserId,
            RoleMask = Connections.Caller.Owner | Connections.Caller.Local,
            Aux = (uint)errnum,
            MatchTag = Message.MatchTag,
            Routes = Message.Routes,
            Topic = Topic,
            Payload = payload is null ? null : Terminated(payload),
        });
    }

    private static byte[] Terminated(byte[] text)
    {
        var bytes = new byte[text.Length + 1];
        text.CopyTo(bytes, 0);
        return bytes;
    }
}
