using System.Globalization;
using System.Security.Claims;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Access.Sessions;

/// <summary>
/// The session of a browser that signed in with the form: a sealed cookie that names the tenant and its stamp. Who that is and what it may do is looked up
/// at each request, so a disabled tenant, a new password or a sign-out ends a session at once.
/// </summary>
internal sealed class SessionCookie(TimeProvider time) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    internal const string Name = "flux-restful-session";

    private const string TenantClaim = "tenant";
    private const string StampClaim = "stamp";
    private const string SessionClaim = "session";

    /// <summary>How long a session lasts that nobody uses.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromHours(12);

    public void Configure(CookieAuthenticationOptions options) => Configure(Schemes.Session, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != Schemes.Session)
        {
            return;
        }

        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Life;
        options.SlidingExpiration = true;
        options.TimeProvider = time;
        options.Events.OnValidatePrincipal = Validate;
        options.Events.OnSigningOut = End;
    }

    /// <summary>Always a new session: one that this browser had before ends, whoever planted it there.</summary>
    internal static async Task BeginAsync(HttpContext context, TenantRow tenant, CancellationToken cancellationToken)
    {
        await EndAsync(context, cancellationToken);
        var session = await context.RequestServices.GetRequiredService<BrowserSessions>().BeginAsync(
            tenant, AddressText.Of(context.Connection.RemoteIpAddress), context.Request.Headers.UserAgent, cancellationToken);
        var identity = new ClaimsIdentity(Schemes.Session);
        identity.AddClaim(new Claim(TenantClaim, tenant.Id.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(StampClaim, tenant.Stamp));
        identity.AddClaim(new Claim(SessionClaim, session.Key));
        await context.SignInAsync(Schemes.Session, new ClaimsPrincipal(identity));
    }

    /// <summary>What this browser has, if it has one: for every copy of its cookie.</summary>
    private static async Task EndAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var ticket = await context.AuthenticateAsync(Schemes.Session);
        if (ticket.Properties?.Items.TryGetValue(SessionClaim, out var key) is true && key is not null)
        {
            var sessions = context.RequestServices.GetRequiredService<BrowserSessions>();
            if (await sessions.FindAsync(key, cancellationToken) is { } session)
            {
                await sessions.EndAsync(session, cancellationToken);
            }
        }
    }

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var ticket = context.Principal;
        var services = context.HttpContext.RequestServices;
        if (ticket is not null
            && int.TryParse(ticket.FindFirstValue(TenantClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && ticket.FindFirstValue(SessionClaim) is { } key
            && await services.GetRequiredService<BrowserSessions>().FindAsync(key, context.HttpContext.RequestAborted) is { } session
            && session.TenantId == id
            && await services.GetRequiredService<TenantDirectory>().FindAsync(id, context.HttpContext.RequestAborted) is { IsDisabled: false } tenant
            && tenant.Stamp == ticket.FindFirstValue(StampClaim))
        {
            context.Properties.Items[SessionClaim] = key;
            new Credential(tenant, session.ExpiresAt, Session: session).SetOn(context.HttpContext);
            context.ReplacePrincipal(TenantPrincipal.Of(tenant, Schemes.Session));
            return;
        }

        Refusal.SessionEnded.SetOn(context.HttpContext);
        context.RejectPrincipal();
    }

    // Whoever goes away meanwhile has signed out all the same.
    private static Task End(CookieSigningOutContext context) => EndAsync(context.HttpContext, CancellationToken.None);
}
