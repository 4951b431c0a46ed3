using FluxRestful.Api.Jobs.Index;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FluxRestful.Api.Broker;

/// <summary>Healthy while the broker is there and the index follows it.</summary>
internal sealed class BrokerHealth(BrokerConnection broker, JobIndex index) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) => Task.FromResult(
        !broker.IsConnected ? HealthCheckResult.Degraded("The broker is away.")
        : !index.IsLive ? HealthCheckResult.Degraded("The job index is being read.")
        : HealthCheckResult.Healthy());
}
