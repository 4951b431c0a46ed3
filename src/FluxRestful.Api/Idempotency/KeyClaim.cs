namespace FluxRestful.Api.Idempotency;

/// <summary>What a request that comes with a key may do.</summary>
internal sealed record KeyClaim(KeyClaim.Kinds Kind, Guid Attempt = default, bool IsRepeated = false, KeyAnswer? Answer = null)
{
    /// <summary>Another request with the key is being done.</summary>
    internal static readonly KeyClaim InFlight = new(Kinds.InFlight);

    /// <summary>The key was used for something else.</summary>
    internal static readonly KeyClaim Differs = new(Kinds.Differs);

    /// <summary>The tenant has used too many keys.</summary>
    internal static readonly KeyClaim TooMany = new(Kinds.TooMany);

    internal enum Kinds
    {
        Granted,
        Answered,
        InFlight,
        Differs,
        TooMany,
    }

    /// <summary>Do it.</summary>
    internal static KeyClaim Granted(Guid attempt, bool isRepeated) => new(Kinds.Granted, attempt, isRepeated);

    /// <summary>It was done: answer this.</summary>
    internal static KeyClaim Answered(KeyAnswer answer) => new(Kinds.Answered, Answer: answer);
}
