using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Issuers;
using FluxRestful.Api.Tokens.Personal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace FluxRestful.Api.Access;

/// <summary>The ways to sign in; the Authorization header chooses, and the cookie of a session where there is none.</summary>
internal static class Schemes
{
    internal const string Basic = "Basic";
    internal const string Bearer = JwtBearerDefaults.AuthenticationScheme;
    internal const string Session = "Session";

    internal const string PersonalToken = "PersonalToken";
    internal const string Outside = "Outside";

    private const string ByHeader = "ByHeader";
    private const string Everyone = "Everyone";
    private const string Nobody = "Nobody";

    internal static IServiceCollection AddSchemes(this IServiceCollection services)
    {
        services.AddAuthentication(ByHeader)
            .AddPolicyScheme(ByHeader, null, options => options.ForwardDefaultSelector = Choose)
            .AddScheme<AuthenticationSchemeOptions, BasicAuthentication>(Basic, null)
            .AddScheme<AuthenticationSchemeOptions, PersonalTokenAuthentication>(PersonalToken, null)
            .AddScheme<AuthenticationSchemeOptions, OutsideAuthentication>(Outside, null)
            .AddScheme<AuthenticationSchemeOptions, EveryoneAuthentication>(Everyone, null)
            .AddScheme<AuthenticationSchemeOptions, NobodyAuthentication>(Nobody, null)
            .AddJwtBearer(Bearer, options => options.MapInboundClaims = false)
            .AddCookie(Session);
        services.AddSessions();
        services.AddSingleton<ViewAs>();
        services.AddSingleton<IClaimsTransformation>(provider => provider.GetRequiredService<ViewAs>());
        services.ConfigureOptions<BearerValidation>();
        services.AddAuthorization(Policies.Add);
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<RefusalNotes>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, Refusals>();
        return services;
    }

    private static string Choose(HttpContext context)
    {
        // An anonymous route reads credentials itself or not at all: /v1/token's header is no access token, and /health costs no BCrypt.
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return Nobody;
        }

        if (!context.RequestServices.GetRequiredService<ServerOptions>().RequireAuth)
        {
            return Everyone;
        }

        var header = context.Request.Headers.Authorization.ToString();
        return PersonalTokenAuthentication.Looks(header) ? PersonalToken
            : OutsideAuthentication.Looks(context, header) ? Outside
            : header.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase) ? Bearer
            : header.StartsWith("Basic", StringComparison.OrdinalIgnoreCase) ? Basic
            : header.Length == 0 && context.Request.Cookies.ContainsKey(SessionCookie.Name) ? Session
            : Nobody;
    }
}
