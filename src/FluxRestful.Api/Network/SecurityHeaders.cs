using System.Globalization;
using System.Net;
using FluxRestful.Api.Pages.Assets;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

/// <summary>What a browser may do with our answers: nothing by default; the pages of /docs run scripts of this server only.</summary>
internal static class SecurityHeaders
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // Swagger UI sets styles from its scripts and has its pictures in them.
    private const string Docs = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // A worker is held to what its own file says, so scripts have the same.
    private const string Pages = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; "
        + "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string NoDevices = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    internal static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        var days = app.ApplicationServices.GetRequiredService<IOptions<NetworkOptions>>().Value.HstsDays;
        var strictTransport = days == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"max-age={days * 86_400}");
        app.Use(next => context =>
        {
            // At the last moment: the handler of exceptions clears what was set before.
            context.Response.OnStarting(
                static state =>
                {
                    var (context, strictTransport) = ((HttpContext, string?))state;
                    return Set(context, strictTransport);
                },
                (context, strictTransport));
            return next(context);
        });
    }

    private static Task Set(HttpContext context, string? strictTransport)
    {
        var headers = context.Response.Headers;
        var isDocs = context.Request.Path.StartsWithSegments("/docs");
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // With no-referrer a browser gives the origin of a form as null, and over plain HTTP, where it sends no Sec-Fetch-Site, that is all there is to judge by.
        headers["Referrer-Policy"] = "same-origin";
        if (context.Request.IsHttps || IsLoopback(context.Request.Host.Host))
        {
            // Elsewhere browsers ignore it, and say so on the console.
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }

        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = NoDevices;
        headers.ContentSecurityPolicy = isDocs ? Docs : IsOfPage(context) ? Pages : Nothing;
        if (context.Request.IsHttps && strictTransport is not null)
        {
            headers.StrictTransportSecurity = strictTransport;
        }

        if (!isDocs && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsOfPage(HttpContext context) =>
        context.Request.Path.StartsWithSegments(AssetRoutes.Prefix)
        || context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) is true;
}
