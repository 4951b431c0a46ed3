using FluxRestful.Api.Broker;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Services;

namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>The outputs that somebody reads, or has just read. A log whose job still writes is watched for a little longer than it has readers.</summary>
internal sealed class OutputLogs : IAsyncDisposable
{
    private const int MostIdle = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Sweeping = TimeSpan.FromSeconds(10);

    private readonly BrokerConnection _broker;
    private readonly BlockCache _cache;
    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, OutputLog> _logs = [];
    private long _generation;
    private Task _closing = Task.CompletedTask;

    public OutputLogs(BrokerConnection broker, BlockCache cache, TimeProvider time)
    {
        (_broker, _cache, _time) = (broker, cache, time);
        _sweeper = time.CreateTimer(_ => Sweep(), null, Sweeping, Sweeping);
    }

    /// <summary>To be given back with <see cref="Leave"/>.</summary>
    internal OutputLog Enter(JobId id)
    {
        lock (_gate)
        {
            // A broker that was started afresh hands out the same ids again.
            if (_broker.Client.Generation != _generation)
            {
                _generation = _broker.Client.Generation;
                Close(_logs.Keys.ToList());
            }

            if (!_logs.TryGetValue(id, out var log) || IsBroken(log))
            {
                Close([id]);
                _logs[id] = log = new OutputLog(id, new JobInfo(_broker.Client), _cache, _time);
            }

            log.Readers++;
            return log;
        }
    }

    internal void Leave(OutputLog log)
    {
        lock (_gate)
        {
            if (--log.Readers == 0)
            {
                log.IdleSince = _time.GetTimestamp();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync();
        Task closing;
        lock (_gate)
        {
            Close(_logs.Keys.ToList());
            closing = _closing;
        }

        await closing;
    }

    private static bool IsBroken(OutputLog log)
    {
        try
        {
            _ = log.State;
            return false;
        }
        catch (Exception)
        {
            // Whatever it was: it is tried anew.
            return true;
        }
    }

    private void Sweep()
    {
        lock (_gate)
        {
            var idle = _logs.Where(log => log.Value.Readers == 0).OrderByDescending(log => log.Value.IdleSince).ToList();
            Close([.. idle.Where((log, place) => place >= MostIdle || (!log.Value.Stopped.IsCompleted && _time.GetElapsedTime(log.Value.IdleSince) > Patience))
                .Select(log => log.Key)]);
        }
    }

    // Whoever still reads one of them keeps it, and is told that it does not go on.
    private void Close(IReadOnlyList<JobId> ids)
    {
        foreach (var id in ids)
        {
            if (_logs.Remove(id, out var log))
            {
                var leaving = log.DisposeAsync().AsTask();
                _closing = _closing.IsCompleted ? leaving : Task.WhenAll(_closing, leaving);
            }
        }
    }
}
