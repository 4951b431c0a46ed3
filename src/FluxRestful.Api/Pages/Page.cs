using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages;

/// <summary>A component as the answer of an endpoint: a page, or a part of one.</summary>
internal static class Page
{
    internal static RazorComponentResult Of<TComponent>(params IEnumerable<(string Name, object? Value)> parameters)
        where TComponent : IComponent =>
        Of<TComponent>(StatusCodes.Status200OK, parameters);

    internal static RazorComponentResult Of<TComponent>(int status, params IEnumerable<(string Name, object? Value)> parameters)
        where TComponent : IComponent =>
        new(typeof(TComponent), parameters.ToDictionary(one => one.Name, one => one.Value))
        {
            StatusCode = status,
            // Parts that come later need a script of the framework's own.
            PreventStreamingRendering = true,
        };

    /// <summary>Whether this is the address of a page, and not of one of the interfaces for programs.</summary>
    internal static bool IsAt(PathString path) =>
        !path.StartsWithSegments("/v1") && !path.StartsWithSegments("/api") && !path.StartsWithSegments("/openapi")
        && !path.StartsWithSegments("/health") && !path.StartsWithSegments("/assets");

    /// <summary>Whether whoever asks looks at a page: then a problem is told in HTML.</summary>
    internal static bool IsWanted(HttpRequest request) =>
        IsAt(request.Path) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>A script of ours asks for a part of a page; somebody is in the middle of something there.</summary>
    internal static bool IsPart(HttpRequest request) => request.Headers.ContainsKey("HX-Request");

    /// <summary>An address of this server to go on to, whatever was asked for.</summary>
    internal static string Local(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.AsSpan().ContainsAnyInRange('\0', ' ') ? address : "/";
}
