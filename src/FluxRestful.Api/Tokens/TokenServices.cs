namespace FluxRestful.Api.Tokens;

internal static class TokenServices
{
    internal static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();
        return services;
    }
}
