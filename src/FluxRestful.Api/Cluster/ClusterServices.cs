namespace FluxRestful.Api.Cluster;

internal static class ClusterServices
{
    internal static IServiceCollection AddCluster(this IServiceCollection services) => services.AddSingleton<ClusterShape>();
}
