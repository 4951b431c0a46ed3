namespace FluxRestful.Core.Framing;

/// <summary>One message of RFC 3 in memory. Immutable: whoever holds it owns its bytes, nothing is pooled.</summary>
public sealed record FluxMessage
{
    /// <summary>"Any" in <see cref="NodeId"/>, and "fill in who I am" in <see cref="UserId"/>.</summary>
    public const uint Any = 0xFFFFFFFF;

    /// <summary>What kind of message it is, and so how <see cref="Aux"/> is read.</summary>
    public required MessageType Type { get; init; }

    /// <summary>Which parts are there, and how a request is to be answered. What a flag does not announce is not written.</summary>
    public MessageFlags Flags { get; init; }

    /// <summary>Whose message it is; a client sends <see cref="Any"/> and the broker fills it in.</summary>
    public uint UserId { get; init; } = Any;

    /// <summary>Roles of RFC 12: OWNER 1, USER 2, LOCAL 4. A client sends 0.</summary>
    public uint RoleMask { get; init; }

    /// <summary>The third header word; read it as <see cref="NodeId"/>, <see cref="Errnum"/> or <see cref="Sequence"/> according to the type.</summary>
    public uint Aux { get; init; } = Any;

    /// <summary>Chosen by the requester, copied into every response.</summary>
    public uint MatchTag { get; init; }

    /// <summary>Route parts as they came, outermost first; empty in what a client sends.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Routes { get; init; } = [];

    /// <summary><c>service.method</c>; null if the message has no topic part.</summary>
    public string? Topic { get; init; }

    /// <summary>The payload part with its final NUL; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Payload { get; init; }

    /// <summary>Of a request: the rank it is for.</summary>
    public uint NodeId => Aux;

    /// <summary>Of a response: 0 is success, otherwise an <see cref="Rpc.Errno"/>.</summary>
    public int Errnum => (int)Aux;

    /// <summary>Of an event: its number.</summary>
    public uint Sequence => Aux;
}
