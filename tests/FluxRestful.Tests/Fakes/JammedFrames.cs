using FluxRestful.Core.Framing;
using FluxRestful.Core.Transport;

namespace FluxRestful.Tests.Fakes;

/// <summary>A connection on which nothing is ever heard, and whose outbox can be full.</summary>
internal sealed class JammedFrames : IFrameStream
{
    private readonly TaskCompletionSource<FluxMessage?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _places = new(0);
    private volatile bool _isJammed;
    private int _waiting;

    /// <summary>How many senders wait for a place.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Jam() => _isJammed = true;

    public void LetOneThrough() => _places.Release();

    public ValueTask<FluxMessage?> ReceiveAsync(CancellationToken cancellationToken) => new(_closed.Task.WaitAsync(cancellationToken));

    public async ValueTask SendAsync(FluxMessage message, CancellationToken cancellationToken)
    {
        if (!_isJammed)
        {
            return;
        }

        Interlocked.Increment(ref _waiting);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, cancellationToken);
            await _places.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            throw new IOException("The connection is closed.");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _closed.TrySetResult(null);
    }
}
