using System.Text.Encodings.Web;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Access;

/// <summary>Authentication is off (<c>FLUX_REQUIRE_AUTH=false</c>): whoever comes is the flux user.</summary>
internal sealed class EveryoneAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ServerOptions server, TenantDirectory tenants)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        await tenants.FindAsync(server.FluxUser, Context.RequestAborted) is { IsDisabled: false } tenant
            ? AuthenticateResult.Success(new AuthenticationTicket(TenantPrincipal.Of(tenant, Scheme.Name), Scheme.Name))
            : AuthenticateResult.NoResult();
}
