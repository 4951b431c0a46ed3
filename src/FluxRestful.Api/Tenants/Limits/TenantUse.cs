namespace FluxRestful.Api.Tenants.Limits;

/// <summary>What an account uses of its limits.</summary>
internal readonly record struct TenantUse(int ActiveJobs, int QueuedJobs, int SubmitsInLastMinute);
