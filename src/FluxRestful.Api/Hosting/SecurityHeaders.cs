using FluxRestful.Api.Pages.Assets;

namespace FluxRestful.Api.Hosting;

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

    internal static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(next => context =>
    {
        // At the last moment: the handler of exceptions clears what was set before.
        context.Response.OnStarting(static state => Set((HttpContext)state), context);
        return next(context);
    });

    private static Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        var isDocs = context.Request.Path.StartsWithSegments("/docs");
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = isDocs ? Docs : IsOfPage(context) ? Pages : Nothing;
        if (!isDocs && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    private static bool IsOfPage(HttpContext context) =>
        context.Request.Path.StartsWithSegments(AssetRoutes.Prefix)
        || context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) is true;
}
