using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>
/// What the outputs that are being answered may take of the memory, all together, and half of that for one tenant: answers are held until their clients
/// have taken them, however slowly.
/// </summary>
internal sealed class OutputBudget(IOptions<JobOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, long> _ofTenants = [];
    private long _taken;

    /// <summary>The share of one answer, to be disposed when that is sent.</summary>
    public OutputShare Begin(int tenantId) => new(this, tenantId);

    internal bool TryTake(int tenantId, long bytes)
    {
        lock (_gate)
        {
            var all = options.Value.MaxOutputBytesTogether;
            var ofTenant = _ofTenants.GetValueOrDefault(tenantId);
            if (bytes > all - _taken || bytes > (all / 2) - ofTenant)
            {
                return false;
            }

            _taken += bytes;
            _ofTenants[tenantId] = ofTenant + bytes;
            return true;
        }
    }

    internal void Return(int tenantId, long bytes)
    {
        lock (_gate)
        {
            _taken -= bytes;
            if ((_ofTenants[tenantId] -= bytes) == 0)
            {
                _ofTenants.Remove(tenantId);
            }
        }
    }
}
