using System.Collections.Concurrent;

namespace FluxRestful.Api.Access.Sessions;

/// <summary>
/// Sessions that were signed out before their time, so that a cookie that somebody kept is good for nothing. In memory: a new password, which changes the
/// tenant's stamp, ends every session for good.
/// </summary>
internal sealed class EndedSessions(TimeProvider time)
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    internal void Add(string session)
    {
        var now = time.GetUtcNow();
        foreach (var (old, until) in _until)
        {
            if (until < now)
            {
                _until.TryRemove(old, out _);
            }
        }

        if (_until.Count < Most)
        {
            _until[session] = now + SessionCookie.Life;
        }
    }

    internal bool Contains(string session) => _until.ContainsKey(session);
}
