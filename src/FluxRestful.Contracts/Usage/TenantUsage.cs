using FluxRestful.Contracts.Tenants;

namespace FluxRestful.Contracts.Usage;

/// <summary>What one tenant has used.</summary>
/// <param name="CoreHours">Cores times the hours that jobs had them within the range; running jobs count until now.</param>
/// <param name="GpuHours">The same of GPUs.</param>
/// <param name="Ended">Jobs that ended within the range.</param>
/// <param name="Completed">Those of them that completed.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="Canceled">Those of them that were cancelled.</param>
/// <param name="Timeout">Those of them that met their time limit.</param>
/// <param name="FailureShare">Which share of those that were not cancelled failed or met their time limit, from 0 to 1.</param>
/// <param name="Active">Jobs that have not ended, now.</param>
/// <param name="User">Whose; absent for jobs that were not submitted by a tenant through this server.</param>
/// <param name="Limits">What holds for the account; absent where there is none.</param>
public sealed record TenantUsage(
    double CoreHours,
    double GpuHours,
    int Ended,
    int Completed,
    int Failed,
    int Canceled,
    int Timeout,
    double FailureShare,
    int Active,
    string? User = null,
    UserLimits? Limits = null);
