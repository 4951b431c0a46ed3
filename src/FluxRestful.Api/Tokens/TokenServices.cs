using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Tokens.Issuers;
using FluxRestful.Api.Tokens.Keys;
using FluxRestful.Api.Tokens.Payload;
using FluxRestful.Api.Tokens.Personal;
using FluxRestful.Api.Tokens.Revocation;
using FluxRestful.Api.Tokens.Sessions;

namespace FluxRestful.Api.Tokens;

internal static class TokenServices
{
    internal static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddSingleton(provider => TokenOptions.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<BearerValidation>();
        services.AddSingleton<EncodedPayloads>();
        services.AddSingleton<UsedPayloads>();

        services.AddSingleton<PersonalTokens>();
        services.AddSingleton<PersonalTokenDirectory>();
        services.AddSingleton<PersonalTokenSignIn>();
        services.AddSingleton<PersonalTokenUses>();
        services.AddHostedService(provider => provider.GetRequiredService<PersonalTokenUses>());

        services.AddSingleton<OutsideIssuers>();
        services.AddSingleton<OutsideIdentities>();
        services.AddSingleton<OutsideTokens>();
        services.AddSingleton<RefreshTokens>();

        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<RevokedTokens>();
        services.AddSingleton<SignOut>();
        services.AddSingleton<LiveCredentials>();
        services.AddSingleton<OpenRequests>();
        services.AddHostedService(provider => provider.GetRequiredService<OpenRequests>());
        return services;
    }
}
