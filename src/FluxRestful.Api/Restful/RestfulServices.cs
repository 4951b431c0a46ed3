using FluxRestful.Api.Restful.Documents;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Restful;

internal static class RestfulServices
{
    internal static IServiceCollection AddRestful(this IServiceCollection services) =>
        services.Configure<SwaggerGenOptions>(options => options.OperationFilter<RouteDocFilter>());
}
