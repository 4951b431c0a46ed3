using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FluxRestful.Core.Framing;

namespace FluxRestful.Core.Rpc;

/// <summary>One question to a Flux service.</summary>
/// <param name="Topic"><c>service.method</c></param>
public sealed record RpcRequest(string Topic)
{
    /// <summary>How far the reader of a stream may fall behind by default.</summary>
    public const long DefaultMaxQueuedBytes = 32 * 1024 * 1024;

    /// <summary>JSON in UTF-8, without the final NUL, which the link adds (surprise 21); null for none.</summary>
    public ReadOnlyMemory<byte>? Payload { get; init; }

    /// <summary>The rank it is for; "any" finds the nearest broker that has the service, and is right for everything but a job's shell.</summary>
    public uint NodeId { get; init; } = FluxMessage.Any;

    /// <summary>In whose name.</summary>
    public RpcCredential Credential { get; init; } = RpcCredential.Connection;

    /// <summary>
    /// How long a call waits for its answer; null for the client's default, <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for ever. Streams have none.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many bytes of a stream may wait for its reader before the stream is ended.</summary>
    public long MaxQueuedBytes { get; init; } = DefaultMaxQueuedBytes;

    /// <summary>
    /// How many elements at the beginning of a stream its reader has had already. They take no place among those that wait for it, so that a reader who opens a
    /// stream anew always gets further; one in a thousand comes, without payload, to show that the broker is at work.
    /// </summary>
    public long Skip { get; init; }

    /// <summary>A request whose payload is <paramref name="payload"/> in JSON.</summary>
    public static RpcRequest Json<T>(string topic, T payload, JsonTypeInfo<T> type) =>
        new(topic) { Payload = JsonSerializer.SerializeToUtf8Bytes(payload, type) };

    internal FluxMessage ToMessage(uint matchTag, MessageFlags extra = MessageFlags.None) => new()
    {
        Type = MessageType.Request,

        // The delimiter may be left out, but the real library sends it.
        Flags = MessageFlags.Topic | MessageFlags.Route | extra | (Payload is null ? MessageFlags.None : MessageFlags.Payload),
        UserId = Credential.UserId,
        RoleMask = Credential.RoleMask,
        Aux = NodeId,
        MatchTag = matchTag,
        Topic = Topic,
        Payload = Payload is { } json ? WithNul(json.Span) : default(ReadOnlyMemory<byte>?),
    };

    private static ReadOnlyMemory<byte> WithNul(ReadOnlySpan<byte> json) => (byte[])[.. json, 0];
}
