namespace FluxRestful.EmbeddedBroker.Requests;

/// <summary>A service says no: the request is answered with this error number and, if there is one, this text.</summary>
internal class RequestException(int errnum, string? text = null) : Exception(text)
{
    public int Errnum { get; } = errnum;

    public string? Text { get; } = text;
}
