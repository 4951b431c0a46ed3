using FluxRestful.Api.Problems;
using FluxRestful.Contracts;

namespace FluxRestful.Api.Tenants.Limits;

/// <summary>An account's limit stands against a submit. Nothing of it has reached the broker.</summary>
/// <param name="type">The job itself is too big, or there is no place for it now, or it comes too soon.</param>
/// <param name="limit">Which limit.</param>
/// <param name="message">For whoever submits.</param>
/// <param name="retryAfter">When there will be a place, if that is known.</param>
internal sealed class QuotaExceededException(ProblemType type, LimitUse limit, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public ProblemType Type => type;

    public LimitUse Limit => limit;

    public TimeSpan? RetryAfter => retryAfter;
}
