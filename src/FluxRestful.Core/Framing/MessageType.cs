namespace FluxRestful.Core.Framing;

/// <summary>The kind of a message: byte 2 of its header (RFC 3, "Message Type").</summary>
public enum MessageType : byte
{
    /// <summary>Asks a service for something; answered by zero, one or many responses.</summary>
    Request = 1,

    /// <summary>Answers a request: copies its topic and matchtag.</summary>
    Response = 2,

    /// <summary>Published to everybody who subscribed to a prefix of its topic.</summary>
    Event = 4,

    /// <summary>Between brokers; a client never sees one.</summary>
    Control = 8,
}
