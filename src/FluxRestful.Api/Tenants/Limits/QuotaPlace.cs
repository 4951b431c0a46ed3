namespace FluxRestful.Api.Tenants.Limits;

/// <summary>A place among an account's jobs, for a submit under way. Disposed of, it is free again, unless the broker may have the job all the same.</summary>
internal sealed class QuotaPlace(TenantQuotas quotas, int tenantId, Guid request) : IDisposable
{
    private bool _mayCome;

    /// <summary>From here on the job may appear, whatever becomes of the answer.</summary>
    public void MarkSent() => _mayCome = true;

    /// <summary>The broker has refused it, or the index has it and counts it.</summary>
    public void Settle() => _mayCome = false;

    public void Dispose() => quotas.Release(tenantId, request, _mayCome);
}
