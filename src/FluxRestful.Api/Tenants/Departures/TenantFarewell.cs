using FluxRestful.Api.Tenants.Limits;

namespace FluxRestful.Api.Tenants.Departures;

/// <summary>Deletes an account in a running server, which knows the account's jobs: none comes in between the look at them and the end of the account.</summary>
internal sealed class TenantFarewell(TenantAccounts accounts, TenantDepartures departures, TenantQuotas quotas, DepartedJobs jobs)
{
    /// <summary>Done, or why not; and how many jobs had not ended.</summary>
    internal async Task<(AccountResult Result, int ActiveJobs)> DeleteAsync(
        string name, JobsOnDeletion policy, int? actor, string? seen, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return (new(AccountOutcome.Unknown), 0);
        }

        if (!quotas.TryClose(tenant.Id, onlyIfIdle: policy == JobsOnDeletion.Refuse))
        {
            return (new(AccountOutcome.HasJobs), quotas.UseOf(tenant.Id).ActiveJobs);
        }

        var result = new AccountResult(AccountOutcome.Unknown);
        try
        {
            var active = quotas.UseOf(tenant.Id).ActiveJobs;
            result = await departures.DeleteAsync(name, policy == JobsOnDeletion.Cancel && active > 0, actor, seen, cancellationToken);
            if (result.IsDone)
            {
                jobs.LookNow();
            }

            return (result, active);
        }
        finally
        {
            if (!result.IsDone)
            {
                quotas.Reopen(tenant.Id);
            }
        }
    }
}
