using FluxRestful.Api.Problems;

namespace FluxRestful.Api.Idempotency;

/// <summary>The route heeds an <c>Idempotency-Key</c>: what it makes with one is made once.</summary>
internal sealed class IdempotentRoute
{
    internal const string Header = "Idempotency-Key";
    internal const string ReplayedHeader = "Idempotency-Replayed";

    internal static readonly IdempotentRoute Instance = new();
}

internal static class IdempotentRouteMetadata
{
    /// <summary>
    /// Lets a client repeat a request that makes something without making it twice. An answer 201 or 207 is kept and given again; every other answer leaves the key
    /// unused. What a handler makes before its answer is lost it must be able to find again by <see cref="RequestAttempt.NameOf"/>, or refuse as a duplicate.
    /// </summary>
    internal static TBuilder Idempotent<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(IdempotentRoute.Instance).Answers(
            ProblemType.InvalidRequest, ProblemType.KeyInFlight, ProblemType.KeyReused, ProblemType.TooManyRequests);
}
