using FluxRestful.Api.Cluster.History;

namespace FluxRestful.Api.Cluster;

internal static class ClusterServices
{
    internal static IServiceCollection AddCluster(this IServiceCollection services)
    {
        services.AddSingleton<ClusterShape>();
        services.AddSingleton<ClusterReader>();
        services.AddSingleton<InstanceReader>();
        services.AddSingleton<ClusterControl>();
        services.AddSingleton<ClusterSamples>();
        services.AddSingleton<HistoryReader>();
        services.AddHostedService<ClusterSampler>();
        return services;
    }
}
