namespace FluxRestful.Api.Cluster;

internal static class ClusterServices
{
    internal static IServiceCollection AddCluster(this IServiceCollection services)
    {
        services.AddSingleton<ClusterShape>();
        services.AddSingleton<ClusterReader>();
        services.AddSingleton<InstanceReader>();
        services.AddSingleton<ClusterControl>();
        return services;
    }
}
