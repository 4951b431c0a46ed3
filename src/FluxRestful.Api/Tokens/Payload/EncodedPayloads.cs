using System.Security.Cryptography;
using System.Text;
using FluxRestful.Api.Hosting;

namespace FluxRestful.Api.Tokens.Payload;

/// <summary>
/// Which encoded payloads are taken. The Python client makes one payload and sends it whenever it wants a token, without a word of when it was
/// made: that must go on working, and it does, unless <c>Tokens:RequireFreshPayload</c> is on. A payload that says when it was made, or until
/// when it is good, is held to it; one with a <c>jti</c> asks to be good once, and is.
/// </summary>
internal sealed class EncodedPayloads(ServerOptions server, TokenOptions options, TimeProvider time)
{
    /// <summary>Full of payloads that are still good, no other single-use one is taken until some have expired.</summary>
    internal const int MostRemembered = 10_000;

    private static readonly TimeSpan LongestSingleUse = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _used = new(StringComparer.Ordinal);

    /// <summary>Null: whatever is wrong, there is one answer to it.</summary>
    internal EncodedPayload? Open(string token) =>
        EncodedPayload.TryOpen(token, server.SecretKey, time, out var payload) && IsFresh(payload) ? payload : null;

    /// <summary>
    /// To be asked when name and password are right, before anything is given for the payload. False: it was good once already. A sign-in that
    /// was too busy has not used it up.
    /// </summary>
    internal bool Use(EncodedPayload payload, string token)
    {
        if (!IsSingleUse(payload))
        {
            return true;
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var key = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(payload.Id is { } id ? $"{payload.User}:{id}" : token)));
        lock (_lock)
        {
            if (_used.Count >= MostRemembered)
            {
                foreach (var over in _used.Where(entry => entry.Value <= now).ToList())
                {
                    _used.Remove(over.Key);
                }
            }

            if (_used.TryGetValue(key, out var until) ? until > now : _used.Count >= MostRemembered)
            {
                return false;
            }

            _used[key] = (long)Math.Ceiling(End(payload)!.Value);
            return true;
        }
    }

    private bool IsSingleUse(EncodedPayload payload) => options.RequireFreshPayload || payload.Id is not null;

    private bool IsFresh(EncodedPayload payload)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (payload.IssuedAt is { } made && (payload.ExpiresAt is null || options.RequireFreshPayload) && now - made > options.PayloadSeconds)
        {
            return false;
        }

        if (options.RequireFreshPayload && payload.IssuedAt is null)
        {
            return false;
        }

        // What never ends, or not for long, cannot be remembered until it ends.
        return !IsSingleUse(payload) || (End(payload) is { } end && end - now <= LongestSingleUse.TotalSeconds);
    }

    private double? End(EncodedPayload payload) => (payload.IssuedAt, payload.ExpiresAt) switch
    {
        ({ } made, null) => made + options.PayloadSeconds + 1,
        ({ } made, { } end) => options.RequireFreshPayload ? Math.Min(end, made + options.PayloadSeconds + 1) : end,
        (null, var end) => end,
    };
}
