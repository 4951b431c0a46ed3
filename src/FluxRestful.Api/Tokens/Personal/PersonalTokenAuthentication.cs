using System.Text.Encodings.Web;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Tokens.Personal;

/// <summary>A personal token, as <c>Bearer</c> or as the password in <c>Basic</c>.</summary>
internal sealed class PersonalTokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, PersonalTokenSignIn signIn)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Whether this header carries a personal token, right or wrong.</summary>
    internal static bool Looks(string header) => TryRead(header, out _, out var text) && PersonalToken.Looks(text);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        TryRead(Request.Headers.Authorization.ToString(), out var name, out var text);
        var (tenant, token, refusal) = await signIn.SignInAsync(text, name, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        if (tenant is null || token is null)
        {
            refusal!.SetOn(Context);
            return AuthenticateResult.Fail(refusal.Detail);
        }

        new Credential(tenant, token.ExpiresAt, PersonalHash: token.Hash).SetOn(Context);
        return AuthenticateResult.Success(new AuthenticationTicket(TenantPrincipal.Of(tenant, Scheme.Name, token.Scopes), Scheme.Name));
    }

    private static bool TryRead(string header, out string? name, out string text)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            (name, text) = (null, header[7..].Trim(' '));
            return true;
        }

        var isBasic = BasicCredentials.TryParse(header, out var credentials);
        (name, text) = (credentials?.Name, credentials?.Password ?? "");
        return isBasic;
    }
}
