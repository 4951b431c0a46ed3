namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// Submits whose jobs may appear, and how many of each owner's have not: kept up to date with each that comes, so that a thousand at once do not count each
/// other. The index guards it with its lock.
/// </summary>
internal sealed class AwaitedJobs
{
    private readonly Dictionary<Guid, (int Owner, bool IsHere)> _requests = [];
    private readonly Dictionary<int, int> _coming = [];

    public int Coming(int owner) => _coming.GetValueOrDefault(owner);

    public void Add(int owner, Guid request, bool isHere)
    {
        if (_requests.TryAdd(request, (owner, isHere)))
        {
            Count(owner, isHere ? 0 : 1);
        }
    }

    public void Remove(Guid request)
    {
        if (_requests.Remove(request, out var one))
        {
            Count(one.Owner, one.IsHere ? 0 : -1);
        }
    }

    /// <summary>Its job came, or is gone again.</summary>
    public void Note(Guid request, bool isHere)
    {
        if (_requests.TryGetValue(request, out var one) && one.IsHere != isHere)
        {
            _requests[request] = one with { IsHere = isHere };
            Count(one.Owner, isHere ? -1 : 1);
        }
    }

    /// <summary>Every one anew.</summary>
    public void Note(Predicate<Guid> isHere)
    {
        foreach (var request in _requests.Keys.ToList())
        {
            Note(request, isHere(request));
        }
    }

    private void Count(int owner, int more)
    {
        var coming = Coming(owner) + more;
        if (coming == 0)
        {
            _coming.Remove(owner);
        }
        else
        {
            _coming[owner] = coming;
        }
    }
}
