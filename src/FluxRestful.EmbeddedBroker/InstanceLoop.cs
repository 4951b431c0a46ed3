using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace FluxRestful.EmbeddedBroker;

/// <summary>
/// The one thread of control that owns everything about jobs: whatever happens, happens here, one thing after the other.
/// Connections, children and timers only post to it; it waits for none of them.
/// </summary>
internal sealed class InstanceLoop : IAsyncDisposable
{
    private const int MaxPosted = 4096;

    // Bounded by the places above plus one entry for each timer that fired.
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _places = new(MaxPosted);
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _running;

    public InstanceLoop(TimeProvider time, ILogger logger)
    {
        _time = time;
        _logger = logger;
        _running = Run();
    }

    /// <summary>Waits for a place and hands the work over; it runs later, on the loop.</summary>
    public async ValueTask Post(Action work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        if (!_work.Writer.TryWrite(() => RunAndFreePlace(work)))
        {
            _places.Release();
        }
    }

    /// <summary>Hands the work over and waits until it is done.</summary>
    public async Task Invoke(Action work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Post(() => Complete(work, done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>For the loop itself: runs <paramref name="work"/> after what it is doing now.</summary>
    public void Soon(Action work) => _work.Writer.TryWrite(work);

    /// <summary>Runs <paramref name="work"/> on the loop after a while, unless the timer is disposed before.</summary>
    public ITimer After(TimeSpan delay, Action work) => Every(delay, Timeout.InfiniteTimeSpan, work);

    /// <summary>Runs <paramref name="work"/> on the loop again and again.</summary>
    public ITimer Every(TimeSpan delay, TimeSpan period, Action work) =>
        _time.CreateTimer(_ => _work.Writer.TryWrite(work), null, Longest(delay), period);

    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _running;
        _places.Dispose();
    }

    // A timer takes at most 2^32 - 2 milliseconds; whoever waits longer asks again.
    private static TimeSpan Longest(TimeSpan delay) =>
        delay < TimeSpan.Zero ? TimeSpan.Zero : delay > TimeSpan.FromDays(40) ? TimeSpan.FromDays(40) : delay;

    private static void Complete(Action work, TaskCompletionSource done)
    {
        try
        {
            work();
            done.SetResult();
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    private void RunAndFreePlace(Action work)
    {
        _places.Release();
        work();
    }

    private async Task Run()
    {
        await foreach (var work in _work.Reader.ReadAllAsync())
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                // A bug in one request must not end everybody's jobs.
                _logger.WorkFailed(e);
            }
        }
    }
}
