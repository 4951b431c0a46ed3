using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace FluxRestful.Api.Access.Sessions;

/// <summary>
/// A superuser's browser that shows the pages as a tenant would see them: a sealed cookie beside that of the session, good for this superuser and an hour.
/// What that leaves of rights says <see cref="Rights"/>: nothing that changes anything.
/// </summary>
internal sealed class ViewAs(IDataProtectionProvider protection, IHttpContextAccessor accessor, TenantDirectory tenants, AuditLog audit, TimeProvider time)
    : IClaimsTransformation
{
    internal const string Cookie = "flux-restful-view";

    internal static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly IDataProtector _seal = protection.CreateProtector("flux-restful.view-as");

    /// <summary>The session of the same browser must be the viewer's, signed in with the form.</summary>
    internal async Task BeginAsync(HttpContext context, int viewer, TenantRow tenant, CancellationToken cancellationToken)
    {
        var until = (time.GetUtcNow() + Longest).ToUnixTimeSeconds();
        await audit.RecordAsync(AuditAction.ViewAs, tenant.Name, AuditResult.Done, cancellationToken);
        context.Response.Cookies.Append(
            Cookie,
            _seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{viewer} {tenant.Id} {until}")),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true, MaxAge = Longest });
    }

    internal static void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/" });

    /// <summary>Of whoever came with a session, and looks as somebody: that tenant, seen by him.</summary>
    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.Identity?.AuthenticationType != Schemes.Session
            || TenantPrincipal.IsViewed(principal)
            || accessor.HttpContext is not { } context
            || Read(context.Request.Cookies[Cookie]) is not [var viewerId, var tenantId, var until]
            || !principal.HasClaim(TenantPrincipal.Id, viewerId.ToString(CultureInfo.InvariantCulture))
            || until <= time.GetUtcNow().ToUnixTimeSeconds())
        {
            return principal;
        }

        return await tenants.FindAsync((int)viewerId, context.RequestAborted) is { } viewer
            && !viewer.MustChangePassword
            && Rights.Allow(viewer.Role, Permission.UsersElevate)
            && await tenants.FindAsync((int)tenantId, context.RequestAborted) is { } tenant
                ? TenantPrincipal.Seen(tenant, viewer, Schemes.Session)
                : principal;
    }

    /// <summary>Viewer, tenant, and until when in seconds since 1970; null: it is not of this server.</summary>
    private long[]? Read(string? cookie)
    {
        try
        {
            return cookie is { Length: > 0 } ? [.. _seal.Unprotect(cookie).Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture))] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
