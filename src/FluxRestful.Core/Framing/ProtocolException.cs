namespace FluxRestful.Core.Framing;

/// <summary>The peer sent bytes that are not the Flux protocol. The connection they came on is of no further use.</summary>
public sealed class ProtocolException : IOException
{
    public ProtocolException()
    {
    }

    public ProtocolException(string message)
        : base(message)
    {
    }

    public ProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
