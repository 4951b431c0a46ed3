using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Transport;
using Microsoft.Extensions.Logging;

namespace FluxRestful.Core.Rpc;

/// <summary>
/// One connection's life: many calls and streams over one <see cref="IFrameStream"/>, told apart by their matchtags (never by order, surprise 25).
/// When the connection is lost, everything pending fails and the link is of no further use; nothing is ever sent a second time.
/// </summary>
public sealed partial class BrokerLink : IAsyncDisposable
{
    private readonly IFrameStream _frames;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private readonly ConcurrentDictionary<uint, PendingResponse> _pending = new();
    private readonly EventSubscriptions _events = new();
    private uint _lastMatchTag;

    // Cancels of streams and unsubscriptions: nobody who leaves has to wait for the outbox. Before each of them a request went through that outbox,
    // which is bounded, and all that wait here join its line at once: there are never more of them than of those who have a stream or wait for one.
    private readonly Channel<RpcRequest> _farewells = Channel.CreateUnbounded<RpcRequest>(new() { SingleReader = true });

    private readonly TaskCompletionSource<BrokerDisconnectedException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly Task _leaving;
    private volatile BrokerDisconnectedException? _fault;

    /// <param name="frames">Owned from now on.</param>
    public BrokerLink(IFrameStream frames, TimeProvider time, ILogger logger)
    {
        _frames = frames;
        _time = time;
        _logger = logger;
        _reading = Task.Run(ReadAsync);
        _leaving = Task.Run(SendFarewellsAsync);
    }

    /// <summary>True once the connection is gone.</summary>
    public bool IsLost => _fault is not null;

    /// <summary>Completes, with the reason, when the connection is gone.</summary>
    public Task<BrokerDisconnectedException> Lost => _lost.Task;

    /// <summary>How many matchtags are taken: calls that wait, streams, and abandoned streams that the broker has not ended yet.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>Asks once and waits for the answer.</summary>
    /// <exception cref="BrokerException">The answer is an error.</exception>
    /// <exception cref="BrokerDisconnectedException">The link was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">The request's own timeout passed. Whether it was carried out is not known.</exception>
    public async Task<FluxMessage> CallAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Timeout is not { } timeout || timeout == Timeout.InfiniteTimeSpan)
        {
            return await AskAsync(request, cancellationToken).ConfigureAwait(false);
        }

        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await AskAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{request.Topic}: no answer from the broker within {timeout}.");
        }
    }

    /// <summary>
    /// Asks and yields each answer until the broker ends the stream. Leaving early (cancellation, or not reading on) sends
    /// <paramref name="cancelTopic"/> without waiting for an answer, since there never is one (surprise 5). Only for methods that stream:
    /// any other answers once and never ends (surprise 9).
    /// </summary>
    /// <param name="cancelTopic">
    /// Null for what cannot be cancelled: <c>job-list.list</c>, short by nature; and <c>job-list.job-stats</c>, <c>groups.get</c>,
    /// <c>overlay.monitor</c>, <c>state-machine.monitor</c> (surprise 6), which go on, unheard, until this link ends.
    /// </param>
    /// <exception cref="BrokerException">The stream ended with an error.</exception>
    /// <exception cref="BrokerSlowConsumerException">The reader fell too far behind.</exception>
    public async IAsyncEnumerable<FluxMessage> StreamAsync(
        RpcRequest request, string? cancelTopic, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var stream = new PendingStream(request) { Overflowed = stream => Abandon(stream, cancelTopic) };
        stream.MatchTag = Register(stream);
        var sent = false;
        try
        {
            await SendAsync(request.ToMessage(stream.MatchTag, MessageFlags.Streaming), cancellationToken).ConfigureAwait(false);
            sent = true;
            while (await stream.Queue.TakeAsync(cancellationToken).ConfigureAwait(false) is { } response)
            {
                yield return response;
            }
        }
        finally
        {
            if (sent)
            {
                Abandon(stream, cancelTopic);
            }
            else
            {
                _pending.TryRemove(stream.MatchTag, out _);
            }
        }
    }

    /// <summary>Yields the events whose topic starts with <paramref name="prefix"/> (no wildcards; empty for all) until the link is lost.</summary>
    /// <param name="subscribed">Called once the broker has confirmed: no event after that moment is missed.</param>
    public async IAsyncEnumerable<FluxMessage> SubscribeAsync(
        string prefix, Action? subscribed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queue = _events.Add(prefix);
        var call = new PendingCall("event.subscribe");
        var matchTag = Register(call);
        var undo = false;
        try
        {
            await SendAsync(TopicRequest(call.Topic, prefix).ToMessage(matchTag), cancellationToken).ConfigureAwait(false);
            undo = true;
            var response = await call.Response.WaitAsync(cancellationToken).ConfigureAwait(false) ?? throw Loss(call.Topic);
            undo = response.Errnum == 0;
            call.Checked(response);
            subscribed?.Invoke();
            while (await queue.TakeAsync(cancellationToken).ConfigureAwait(false) is { } message)
            {
                yield return message;
            }
        }
        finally
        {
            _pending.TryRemove(matchTag, out _);
            _events.Remove(queue);
            if (undo)
            {
                _farewells.Writer.TryWrite(TopicRequest("event.unsubscribe", prefix));
            }
        }
    }

    /// <summary>Closes the connection; whatever is pending fails.</summary>
    public async ValueTask DisposeAsync()
    {
        Lose(new BrokerDisconnectedException("The connection to the broker was closed on this side."));
        await _frames.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        await _leaving.ConfigureAwait(false);
    }

    internal BrokerDisconnectedException? Fault => _fault;

    private async Task<FluxMessage> AskAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var call = new PendingCall(request.Topic);
        var matchTag = Register(call);
        try
        {
            await SendAsync(request.ToMessage(matchTag), cancellationToken).ConfigureAwait(false);
            var response = await call.Response.WaitAsync(cancellationToken).ConfigureAwait(false);
            return response is null ? throw Loss(request.Topic) : call.Checked(response);
        }
        finally
        {
            // Of a call that was given up, the late answer finds nothing here and is dropped.
            _pending.TryRemove(matchTag, out _);
        }
    }

    // 0 is left to requests that want no answer; a tag whose stream lives is not given out again.
    private uint Register(PendingResponse pending)
    {
        while (true)
        {
            var matchTag = Interlocked.Increment(ref _lastMatchTag);
            if (matchTag != 0 && _pending.TryAdd(matchTag, pending))
            {
                return matchTag;
            }
        }
    }

    // Whoever waits for an answer has registered before: first register, then look for the fault, then send.
    private async ValueTask SendAsync(FluxMessage message, CancellationToken cancellationToken)
    {
        if (_fault is not null)
        {
            throw Loss(message.Topic);
        }

        try
        {
            await _frames.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            Lose(new BrokerDisconnectedException("The connection to the broker was lost.", innerException: e));
            throw Loss(message.Topic);
        }
    }

    private void Abandon(PendingStream stream, string? cancelTopic)
    {
        if (stream.TryAbandon() && cancelTopic is not null)
        {
            _farewells.Writer.TryWrite(new RpcRequest(cancelTopic) { Payload = Encoding.UTF8.GetBytes($$"""{"matchtag":{{stream.MatchTag}}}""") });
        }
    }

    private BrokerDisconnectedException Loss(string? topic) => _fault!.For(topic ?? "", TimeSpan.Zero);

    // First the fault, then those who wait: a call that registers in between sees the fault before it sends.
    private void Lose(BrokerDisconnectedException loss)
    {
        if (Interlocked.CompareExchange(ref _fault, loss, null) is not null)
        {
            return;
        }

        _farewells.Writer.TryComplete();
        foreach (var matchTag in _pending.Keys)
        {
            if (_pending.TryRemove(matchTag, out var pending))
            {
                pending.Fail(loss);
            }
        }

        _events.Fail(loss);
        _lost.TrySetResult(loss);
    }
}
