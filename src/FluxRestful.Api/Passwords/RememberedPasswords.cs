using System.Security.Cryptography;
using System.Text;

namespace FluxRestful.Api.Passwords;

/// <summary>
/// Correct passwords of the last minutes, as digests under a key that only this process has: basic authentication is one HMAC a request, not
/// one BCrypt. The stored hash is part of the digest, so that a changed password is forgotten by being changed.
/// </summary>
internal sealed class RememberedPasswords(TimeProvider time)
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    internal const int Most = 4096;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _rememberedAt = [];
    private readonly Queue<(string Digest, long At)> _oldestFirst = new();

    /// <summary>A name for this password of this account; worthless outside this process.</summary>
    internal string Digest(string account, string hash, string password)
    {
        // Lengths first: no two different triples are the same bytes.
        var text = $"{account.Length}:{account}{hash.Length}:{hash}{password}";
        return Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
    }

    internal bool Contains(string digest)
    {
        lock (_lock)
        {
            return _rememberedAt.TryGetValue(digest, out var at) && time.GetElapsedTime(at) < Lifetime;
        }
    }

    internal void Remember(string digest)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _rememberedAt[digest] = now;
            _oldestFirst.Enqueue((digest, now));
            while (_oldestFirst.TryPeek(out var oldest) && (_oldestFirst.Count > Most || time.GetElapsedTime(oldest.At) >= Lifetime))
            {
                _oldestFirst.Dequeue();
                // Remembered anew since then: its later entry in the queue speaks for it.
                if (_rememberedAt.TryGetValue(oldest.Digest, out var at) && at == oldest.At)
                {
                    _rememberedAt.Remove(oldest.Digest);
                }
            }
        }
    }
}
