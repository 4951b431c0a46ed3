using FluxRestful.Core.Rpc;

namespace FluxRestful.EmbeddedBroker.Requests;

/// <summary>A request that is answered many times. Ends once: by its last answer, by a cancel, or with its connection.</summary>
internal sealed class ResponseStream
{
    private readonly Request _request;
    private readonly Action _detach;

    private ResponseStream(Request request, Action detach)
    {
        _request = request;
        _detach = detach;
    }

    public Request Request => _request;

    public bool IsOpen { get; private set; } = true;

    public bool HasRoom => _request.Connection.HasRoom;

    /// <summary>Opens a stream; <paramref name="detach"/> is told when nobody listens any more.</summary>
    public static ResponseStream Open(Request request, Action<ResponseStream> detach)
    {
        ResponseStream? stream = null;
        stream = new ResponseStream(request, () => detach(stream!));
        request.Connection.Streams.Add(request.Topic, request.Message.MatchTag, stream);
        return stream;
    }

    public void WhenRoom(Action resume) => _request.Connection.WhenRoom(resume);

    public void Send(byte[]? json = null)
    {
        if (IsOpen)
        {
            _request.Respond(json);
        }
    }

    /// <summary>The last answer: ENODATA is the normal end (RFC 6).</summary>
    public void End(int errnum = Errno.ENODATA, string? text = null)
    {
        if (!IsOpen)
        {
            return;
        }

        _request.Connection.Streams.Remove(_request.Topic, _request.Message.MatchTag, this);
        _request.Fail(errnum, text);
        Abandon();
    }

    /// <summary>Nobody is there to be answered.</summary>
    public void Abandon()
    {
        if (IsOpen)
        {
            IsOpen = false;
            _detach();
        }
    }
}
