using FluxRestful.Core.Jobs;

namespace FluxRestful.EmbeddedBroker.Jobs;

/// <summary>
/// Makes FLUIDs (RFC 19): milliseconds, 14 bits for the rank, 10 bits of sequence. A real instance counts from its own start;
/// this one counts from a fixed day, so that two of them one after the other never give the same id to different jobs.
/// </summary>
internal sealed class JobIds(TimeProvider time)
{
    private const int TimeShift = 24;
    private const int MaxSequence = 1 << 10;

    private static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _milliseconds;
    private long _sequence;

    public JobId Next()
    {
        var now = (long)(time.GetUtcNow() - Epoch).TotalMilliseconds;
        if (now > _milliseconds)
        {
            (_milliseconds, _sequence) = (now, 0);
        }
        else if (++_sequence == MaxSequence)
        {
            (_milliseconds, _sequence) = (_milliseconds + 1, 0);
        }

        return new JobId((ulong)((_milliseconds << TimeShift) | _sequence));
    }
}
