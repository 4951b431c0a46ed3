namespace FluxRestful.Core;

/// <summary>
/// When to try again. Pure: it knows a clock and what happened, and does nothing. The waiting time doubles with each failure up to a limit; a part
/// of it is random, so that many clients do not come back at once. A connection that is lost soon after it was made counts as a failure too.
/// </summary>
public sealed class BackoffPolicy(BackoffOptions options, TimeProvider time, Func<double>? random = null)
{
    private readonly Func<double> _random = random ?? Random.Shared.NextDouble;
    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _notBefore;
    private DateTimeOffset _connectedAt;

    /// <summary>How long until the next attempt may be made; zero if it may be made now.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_gate)
            {
                var remaining = _notBefore - time.GetUtcNow();

                // Never longer than a policy can ask for, should somebody have set the clock back.
                return remaining <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(remaining.Ticks, options.Maximum.Ticks));
            }
        }
    }

    /// <summary>An attempt failed.</summary>
    public void Failed()
    {
        lock (_gate)
        {
            Wait();
        }
    }

    /// <summary>An attempt succeeded.</summary>
    public void Connected()
    {
        lock (_gate)
        {
            _connectedAt = time.GetUtcNow();
            _notBefore = default;
        }
    }

    /// <summary>A connection that had been made is gone.</summary>
    public void Lost()
    {
        lock (_gate)
        {
            if (time.GetUtcNow() - _connectedAt >= options.StableAfter)
            {
                _failures = 0;
                _notBefore = default;
                return;
            }

            Wait();
        }
    }

    private void Wait()
    {
        var longest = Math.Min(options.Initial.Ticks * Math.Pow(2, _failures), options.Maximum.Ticks);
        _failures = Math.Min(_failures + 1, 62);
        _notBefore = time.GetUtcNow() + TimeSpan.FromTicks((long)(longest * (1 - (options.Jitter * _random()))));
    }
}
