using System.Text.Encodings.Web;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Access;

/// <summary>Name and password with every request.</summary>
internal sealed class BasicAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, PasswordSignIn signIn)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Two headers become one text with a comma, which is not base64: refused.
        if (!BasicCredentials.TryParse(Request.Headers.Authorization.ToString(), out var credentials))
        {
            return Refuse(Refusal.Malformed);
        }

        var result = await signIn.SignInAsync(credentials.Name, credentials.Password, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        if (result is not { Outcome: SignInOutcome.Accepted, Tenant: { } tenant })
        {
            return Refuse(Refusal.Of(result));
        }

        new Credential(tenant).SetOn(Context);
        return AuthenticateResult.Success(new AuthenticationTicket(TenantPrincipal.Of(tenant, Scheme.Name), Scheme.Name));
    }

    private AuthenticateResult Refuse(Refusal refusal)
    {
        refusal.SetOn(Context);
        return AuthenticateResult.Fail(refusal.Detail);
    }
}
