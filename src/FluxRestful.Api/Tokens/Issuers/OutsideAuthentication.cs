using System.Text.Encodings.Web;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Tokens.Issuers;

/// <summary>A token of another issuer, as <c>Bearer</c>.</summary>
internal sealed class OutsideAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, OutsideIssuers issuers, OutsideIdentities identities)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Prefix = "Bearer ";

    internal static bool Looks(HttpContext context, string header) =>
        header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && context.RequestServices.GetRequiredService<OutsideIssuers>().TryFind(header[Prefix.Length..].Trim(' '), out _);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var text = Request.Headers.Authorization.ToString()[Prefix.Length..].Trim(' ');
        if (!issuers.TryFind(text, out var issuer) || await issuer.ReadAsync(text, Context.RequestAborted) is not { } token)
        {
            return Refuse(Refusal.BadToken);
        }

        var name = token.TryGetPayloadValue<string>(issuer.Options.NameClaim, out var claim) ? claim : null;
        switch (await identities.FindAsync(issuer.Options, token.Subject, name, new DateTimeOffset(token.IssuedAt, TimeSpan.Zero), Context.RequestAborted))
        {
            case null: return Refuse(Refusal.BadToken);
            case { IsDisabled: true }: return Refuse(Refusal.Disabled);
            case var tenant:
                new Credential(tenant.Id, tenant.Stamp, new DateTimeOffset(token.ValidTo, TimeSpan.Zero)).SetOn(Context);
                return AuthenticateResult.Success(new AuthenticationTicket(TenantPrincipal.Of(tenant, Scheme.Name), Scheme.Name));
        }
    }

    private AuthenticateResult Refuse(Refusal refusal)
    {
        refusal.SetOn(Context);
        return AuthenticateResult.Fail(refusal.Detail);
    }
}
