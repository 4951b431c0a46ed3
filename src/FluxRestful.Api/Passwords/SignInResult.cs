using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Passwords;

/// <param name="Tenant">Whose password it was, when it was right.</param>
/// <param name="RetryAfter">When another attempt makes sense.</param>
internal sealed record SignInResult(SignInOutcome Outcome, TenantRow? Tenant = null, TimeSpan RetryAfter = default)
{
    /// <summary>Whole seconds, at least one, as Retry-After has them.</summary>
    internal int RetryAfterSeconds => Math.Max(1, (int)Math.Ceiling(RetryAfter.TotalSeconds));
}
