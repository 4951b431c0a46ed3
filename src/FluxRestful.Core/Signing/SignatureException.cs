namespace FluxRestful.Core.Signing;

/// <summary>J can not be taken apart. The message is what Flux says about it; its errno is EINVAL.</summary>
public sealed class SignatureException : FormatException
{
    public SignatureException()
    {
    }

    public SignatureException(string message)
        : base(message)
    {
    }

    public SignatureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
