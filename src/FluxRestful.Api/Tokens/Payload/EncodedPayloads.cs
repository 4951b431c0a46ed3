using FluxRestful.Api.Hosting;

namespace FluxRestful.Api.Tokens.Payload;

/// <summary>
/// Which encoded payloads are taken. The Python client makes one payload and sends it whenever it wants a token, without a word of when it was
/// made: that must go on working, and it does, unless <c>Tokens:RequireFreshPayload</c> is on. A payload that says when it was made, or until
/// when it is good, is held to it; one with a <c>jti</c> asks to be good once, and is.
/// </summary>
internal sealed class EncodedPayloads(ServerOptions server, TokenOptions options, UsedPayloads used, TimeProvider time)
{
    private static readonly TimeSpan LongestSingleUse = TimeSpan.FromDays(1);

    /// <summary>Null: whatever is wrong, there is one answer to it.</summary>
    internal EncodedPayload? Open(string token) =>
        EncodedPayload.TryOpen(token, server.SecretKey, time, out var payload) && IsFresh(payload) ? payload : null;

    /// <summary>
    /// To be asked when name and password are right, before anything is given for the payload. False: it was good once already. A sign-in that
    /// was too busy has not used it up.
    /// </summary>
    /// <param name="tenantId">Whose name and password they are.</param>
    internal async ValueTask<bool> UseAsync(int tenantId, EncodedPayload payload, string token, CancellationToken cancellationToken) =>
        !IsSingleUse(payload) || await used.TryAddAsync(
            tenantId,
            payload.Id is { } id ? $"{payload.User}:{id}" : token,
            DateTimeOffset.FromUnixTimeSeconds((long)Math.Ceiling(End(payload)!.Value)),
            cancellationToken);

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
