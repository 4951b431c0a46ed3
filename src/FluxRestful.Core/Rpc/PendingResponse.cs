using FluxRestful.Core.Framing;

namespace FluxRestful.Core.Rpc;

/// <summary>What waits under a matchtag.</summary>
internal abstract class PendingResponse(string topic)
{
    public string Topic { get; } = topic;

    /// <summary>Called by the read loop with each response; must not wait.</summary>
    /// <returns>False if this was the last one and the tag is free.</returns>
    public abstract bool Deliver(FluxMessage response);

    /// <summary>The link is lost.</summary>
    public abstract void Fail(BrokerDisconnectedException loss);

    protected BrokerException Error(FluxMessage response) => new(Topic, response.Errnum, RpcPayload.Text(response));
}

/// <summary>A call: one response.</summary>
internal sealed class PendingCall(string topic) : PendingResponse(topic)
{
    private readonly TaskCompletionSource<FluxMessage?> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null if the link was lost. Not an exception: a caller who left would leave it unobserved.</summary>
    public Task<FluxMessage?> Response => _response.Task;

    public override bool Deliver(FluxMessage response)
    {
        _response.TrySetResult(response);
        return false;
    }

    public override void Fail(BrokerDisconnectedException loss) => _response.TrySetResult(null);

    /// <exception cref="BrokerException">The response is an error.</exception>
    public FluxMessage Checked(FluxMessage response) => response.Errnum == 0 ? response : throw Error(response);
}

/// <summary>
/// A stream: responses until one with an errnum, which is always the last; ENODATA is the normal end.
/// Once abandoned by its reader it swallows what still comes and so keeps the tag reserved until that last response (RFC 6).
/// </summary>
internal sealed class PendingStream(RpcRequest request) : PendingResponse(request.Topic)
{
    private const int Abandoned = 1;
    private const int Ended = 2;
    private const int SignOfLife = 1000;
    private long _toSkip = request.Skip;
    private int _state;

    public MessageQueue Queue { get; } = new(request.Topic, request.MaxQueuedBytes);

    /// <summary>Called once by the link when the queue overflows: the broker is told to stop even if the reader never comes back.</summary>
    public required Action<PendingStream> Overflowed { get; init; }

    public uint MatchTag { get; set; }

    /// <summary>The reader leaves.</summary>
    /// <returns>True if the broker has to be told; false if the stream had ended, or was abandoned before.</returns>
    public bool TryAbandon() => Interlocked.CompareExchange(ref _state, Abandoned, 0) == 0;

    public override bool Deliver(FluxMessage response)
    {
        if (response.Errnum != 0)
        {
            End(response.Errnum == Errno.ENODATA ? null : Error(response));
            return false;
        }

        if (Passes(ref response) && Volatile.Read(ref _state) == 0 && !Queue.TryAdd(response))
        {
            Overflowed(this);
        }

        return true;
    }

    public override void Fail(BrokerDisconnectedException loss) => End(loss.For(Topic, loss.RetryAfter));

    private bool Passes(ref FluxMessage response)
    {
        if (_toSkip == 0)
        {
            return true;
        }

        response = response with { Payload = null };
        return --_toSkip % SignOfLife == 0;
    }

    private void End(Exception? error)
    {
        Volatile.Write(ref _state, Ended);
        Queue.Complete(error);
    }
}
