using System.Text.RegularExpressions;
using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

/// <summary>Answers only to the names the server is meant to have, if any are set. A health check asks by address, and may.</summary>
internal static partial class HostFilter
{
    private static readonly Refusal UnknownName = new(400, ProblemType.InvalidRequest, "This server is not known by that name");

    internal static void UseHostFilter(this IApplicationBuilder app)
    {
        var allowed = app.ApplicationServices.GetRequiredService<IOptions<NetworkOptions>>().Value.AllowedHosts;
        if (allowed.Count > 0)
        {
            app.Use((context, next) => context.Request.Path == "/health" || allowed.Any(pattern => Fits(pattern, context.Request.Host.Host))
                ? next(context)
                : Refusals.WriteAsync(context, UnknownName));
        }
    }

    internal static bool IsPattern(string text) => Pattern().IsMatch(text);

    internal static bool Fits(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.Length >= pattern.Length && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(host, pattern, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\z|^\[[0-9A-Fa-f:.]+\]\z")]
    private static partial Regex Pattern();
}
