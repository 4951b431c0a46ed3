using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Tenants;

/// <param name="Tenant">The account as it is now, when it was done.</param>
internal sealed record AccountResult(AccountOutcome Outcome, Tenant? Tenant = null)
{
    internal bool IsDone => Outcome == AccountOutcome.Done;
}
