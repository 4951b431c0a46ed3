using FluxRestful.Api.Cluster;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Endpoints;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Contracts.Tenants;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Api.Pages.Submit.Bounds;

/// <summary>Asks how much a job may ask for. The form is made with it; what holds, those decide whom it asks.</summary>
internal sealed class SubmitBoundsReader(ClusterShape cluster, TenantAccounts accounts, TenantQuotas quotas, CurrentTenant tenant)
{
    /// <param name="queue">The one that is typed into the form; empty for the default one.</param>
    internal async Task<SubmitBounds> ReadAsync(string queue, CancellationToken cancellationToken) => await ReadAsync(await PolicyAsync(queue, cancellationToken), cancellationToken);

    /// <summary>What holds in the queue; null if Flux does not tell.</summary>
    internal async Task<QueuePolicy?> PolicyAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.PolicyAsync(queue.Length > 0 ? queue : null, cancellationToken);
        }
        catch (Exception failure) when (failure is BrokerException or BrokerDisconnectedException or TimeoutException)
        {
            return null;
        }
    }

    internal async Task<SubmitBounds> ReadAsync(QueuePolicy? policy, CancellationToken cancellationToken)
    {
        var (limits, quota) = await QuotaAsync(cancellationToken);
        try
        {
            if (policy is not null && await cluster.GetAsync(cancellationToken) is var size)
            {
                return new SubmitBounds(
                    Least(size.Nodes, policy.Nodes.Most, limits.Nodes),
                    Least(size.AllCores, policy.Cores.Most, limits.Cores),
                    Least(size.MostCores, policy.Cores.Most, limits.Cores),
                    Least(size.MostGpus, policy.Gpus.Most, null),
                    size.HasGpus,
                    Min(policy.LongestDuration, limits.Duration),
                    (size.AllNodes, size.AllCores, size.AllGpus),
                    quota);
            }
        }
        catch (Exception failure) when (failure is BrokerException or BrokerDisconnectedException or TimeoutException)
        {
            // The form can be filled in meanwhile.
        }

        return SubmitBounds.Unknown with { Nodes = limits.Nodes, Tasks = limits.Cores, Cores = limits.Cores, Duration = limits.Duration, Quota = quota };
    }

    /// <summary>How much of its limits the tenant uses.</summary>
    internal async Task<(UserLimits Limits, IReadOnlyList<QuotaLine> Lines)> QuotaAsync(CancellationToken cancellationToken)
    {
        var account = await accounts.FindAsync(tenant.Name, cancellationToken) is { } known && known.Id == tenant.Id ? UserAnswers.Write(known, quotas) : null;
        var limits = account?.EffectiveLimits ?? new UserLimits();
        return (limits, account is null ? [] : Quota(limits, account.Use));
    }

    private static List<QuotaLine> Quota(UserLimits limits, UserUse use)
    {
        (string What, int? Used, int? Most)[] all =
        [
            ("Active jobs", use.ActiveJobs, limits.ActiveJobs), ("Waiting jobs", use.QueuedJobs, limits.QueuedJobs), ("Submits in a minute", use.SubmitsInLastMinute, limits.SubmitsPerMinute),
            ("Nodes of a job", null, limits.Nodes), ("Cores of a job", null, limits.Cores), ("Longest job", null, limits.Duration),
        ];
        return [.. all.Where(line => line.Most is not null).Select(line => new QuotaLine(line.What, line.Used, line.Most!.Value))];
    }

    private static int Least(int there, int? byQueue, int? byAccount) => Math.Max(1, Math.Min(there, Math.Min(byQueue ?? int.MaxValue, byAccount ?? int.MaxValue)));

    private static double? Min(double? one, double? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
