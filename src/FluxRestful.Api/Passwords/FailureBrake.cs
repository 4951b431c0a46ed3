namespace FluxRestful.Api.Passwords;

/// <summary>
/// Slows down who fails repeatedly: from the fifth failure on, the next attempt is refused for one second, then two, four, and so on up to a limit.
/// An attempt counts as a failure from its beginning until it succeeds, so that many at once are not faster than one after the other.
/// </summary>
internal sealed class FailureBrake(TimeProvider time, TimeSpan longestWait)
{
    internal const int FreeFailures = 5;

    internal const int Most = 10_000;

    internal static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Record> _records = new(StringComparer.Ordinal);

    /// <summary>Null: go on, and call <see cref="Succeeded"/> if it was right. Otherwise: how long to wait.</summary>
    internal TimeSpan? Begin(string who)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_records.TryGetValue(who, out var record) || Elapsed(record.Last, now) >= Memory)
            {
                record = new Record(0, now);
            }

            if (record.Failures >= FreeFailures)
            {
                var left = WaitAfter(record.Failures) - Elapsed(record.Last, now);
                if (left > TimeSpan.Zero)
                {
                    return left;
                }
            }

            MakeRoom(now);
            _records[who] = new Record(record.Failures + 1, now);
            return null;
        }
    }

    /// <summary>The attempt was right: its count is taken back, and with <paramref name="clean"/> every other one too.</summary>
    internal void Succeeded(string who, bool clean)
    {
        lock (_lock)
        {
            if (!_records.TryGetValue(who, out var record))
            {
                return;
            }

            if (clean || record.Failures <= 1)
            {
                _records.Remove(who);
            }
            else
            {
                _records[who] = record with { Failures = record.Failures - 1 };
            }
        }
    }

    private TimeSpan WaitAfter(int failures) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(failures - FreeFailures, 30)), longestWait.TotalSeconds));

    private TimeSpan Elapsed(long since, long now) => time.GetElapsedTime(since, now);

    // Whoever fills the table with names he made up throws out the old ones first, never the reader's memory.
    private void MakeRoom(long now)
    {
        if (_records.Count < Most)
        {
            return;
        }

        foreach (var (who, record) in _records)
        {
            if (Elapsed(record.Last, now) >= Memory)
            {
                _records.Remove(who);
            }
        }

        if (_records.Count >= Most)
        {
            foreach (var who in _records.OrderBy(entry => entry.Value.Failures).ThenBy(entry => entry.Value.Last).Take(Most / 4).Select(entry => entry.Key).ToList())
            {
                _records.Remove(who);
            }
        }
    }

    private readonly record struct Record(int Failures, long Last);
}
