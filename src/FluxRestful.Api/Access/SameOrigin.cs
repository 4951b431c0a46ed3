using System.Net;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Problems;

namespace FluxRestful.Api.Access;

/// <summary>
/// Keeps other web sites from using the browser of somebody who may come in: it adds a remembered name and password to whatever a page asks it to
/// send, and where authentication is off there is nothing to add. An access token is only ever sent on purpose.
/// </summary>
internal static class SameOrigin
{
    private static readonly Refusal CrossSite = new(403, ProblemType.Forbidden, "This request comes from another web site");
    private static readonly Refusal StrangeHost = new(403, ProblemType.Forbidden, "Without authentication this server answers to localhost and to addresses only");

    internal static void UseSameOrigin(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices;
        app.Use((context, next) =>
        {
            if (Changes(context.Request) && !CarriesToken(context.Request) && IsCrossSite(context.Request))
            {
                return Refusals.WriteAsync(context, CrossSite);
            }

            // A name of an attacker's own may lead to our loopback address, and his page is then of the same origin.
            var server = options.GetRequiredService<ServerOptions>();
            return !server.RequireAuth && !server.AllowAnonymousNetwork && !IsLocalName(context.Request.Host.Host)
                ? Refusals.WriteAsync(context, StrangeHost)
                : next(context);
        });
    }

    private static bool Changes(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    private static bool CarriesToken(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static bool IsCrossSite(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsLocalName(string host) =>
        host is "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out _);
}
