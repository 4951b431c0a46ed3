using FluxRestful.Core.Rpc;

namespace FluxRestful.EmbeddedBroker.Requests;

/// <summary>The payload is not what the service reads. Most services answer with the number alone; some add <see cref="Detail"/>.</summary>
internal sealed class PayloadException(string detail) : RequestException(Errno.EPROTO)
{
    /// <summary>The words of the C library that reads JSON in a real broker.</summary>
    public string Detail { get; } = detail;
}
