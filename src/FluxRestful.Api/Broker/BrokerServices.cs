using FluxRestful.Api.Hosting;

namespace FluxRestful.Api.Broker;

internal static class BrokerServices
{
    /// <summary>Before whatever talks to the broker when the server starts.</summary>
    internal static IServiceCollection AddBroker(this IServiceCollection services)
    {
        services.AddSingleton<BrokerConnection>();
        services.AddHostedService(provider => provider.GetRequiredService<BrokerConnection>());
        services.AddSingleton<IBannerLine, BrokerBanner>();
        services.AddExceptionHandler<BrokerProblems>();
        services.AddHealthChecks().AddCheck<BrokerHealth>("broker");
        return services;
    }
}
