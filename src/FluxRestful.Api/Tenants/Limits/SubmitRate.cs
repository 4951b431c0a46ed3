namespace FluxRestful.Api.Tenants.Limits;

/// <summary>The submits of one account in the last sixty seconds: never more than so many in any sixty, which a bucket that is refilled would not keep.</summary>
internal sealed class SubmitRate
{
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<long> _times = new();

    internal int Count(TimeProvider time)
    {
        while (_times.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Window)
        {
            _times.Dequeue();
        }

        return _times.Count;
    }

    /// <summary>When the next one may come, if <paramref name="most"/> have come.</summary>
    internal TimeSpan? Wait(int most, TimeProvider time)
    {
        var count = Count(time);
        return count < most ? null : Window - time.GetElapsedTime(_times.ElementAt(count - most));
    }

    internal void Add(TimeProvider time) => _times.Enqueue(time.GetTimestamp());
}
