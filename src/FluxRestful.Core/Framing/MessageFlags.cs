namespace FluxRestful.Core.Framing;

/// <summary>Which parts a message has and how it is answered: byte 3 of its header (RFC 3, "Flags").</summary>
[Flags]
public enum MessageFlags : byte
{
    /// <summary>No part but the header.</summary>
    None = 0,

    /// <summary>A topic part is present.</summary>
    Topic = 0x01,

    /// <summary>A payload part is present.</summary>
    Payload = 0x02,

    /// <summary>The request is never answered, not even with an error.</summary>
    NoResponse = 0x04,

    /// <summary>Route parts, if any, and the empty delimiter are present.</summary>
    Route = 0x08,

    /// <summary>The request goes towards rank 0 from the node in its nodeid.</summary>
    Upstream = 0x10,

    /// <summary>The event is for its publisher and instance owners alone.</summary>
    Private = 0x20,

    /// <summary>The request may be answered many times; the last answer carries an errnum.</summary>
    Streaming = 0x40,

    /// <summary>Free for services.</summary>
    User1 = 0x80,
}
