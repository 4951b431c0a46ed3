using System.Text.Encodings.Web;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Tokens.Issuers;

/// <summary>A token of another issuer, as <c>Bearer</c>.</summary>
internal sealed class OutsideAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, OutsideTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Prefix = "Bearer ";

    internal static bool Looks(HttpContext context, string header) =>
        header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && context.RequestServices.GetRequiredService<OutsideIssuers>().TryFind(header[Prefix.Length..].Trim(' '), out _);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var text = Request.Headers.Authorization.ToString()[Prefix.Length..].Trim(' ');
        var (tenant, credential, refusal) = await tokens.ReadAsync(text, Context.RequestAborted);
        if (tenant is null || credential is null)
        {
            refusal!.SetOn(Context);
            return AuthenticateResult.Fail(refusal.Detail);
        }

        credential.SetOn(Context);
        return AuthenticateResult.Success(new AuthenticationTicket(TenantPrincipal.Of(tenant, Scheme.Name), Scheme.Name));
    }
}
