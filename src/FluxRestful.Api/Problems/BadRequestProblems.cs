using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;

namespace FluxRestful.Api.Problems;

/// <summary>A request that could not be read: which member, and what was wrong with it, in words that tell nothing of the server's types.</summary>
internal sealed partial class BadRequestProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad || httpContext.Response.HasStarted)
        {
            return false;
        }

        httpContext.Response.StatusCode = bad.StatusCode;
        var context = new ProblemDetailsContext { HttpContext = httpContext, Exception = exception, ProblemDetails = { Status = bad.StatusCode } };
        var (field, message) = bad.InnerException is JsonException json ? Describe(json) : Describe(bad);
        context.ProblemDetails.Detail = field is null ? message : $"{field}: {message}";
        if (field is not null)
        {
            context.ProblemDetails.Extensions[ApiProblems.ErrorsKey] = new Dictionary<string, string[]> { [field] = [message] };
        }

        return await problems.TellAsync(context);
    }

    /// <summary>The member's path without the root, and what is wrong.</summary>
    internal static (string? Field, string Message) Describe(JsonException json)
    {
        var path = json.Path is { Length: > 1 } full ? full[(full[1] == '.' ? 2 : 1)..] : null;
        if (Unmapped().Match(json.Message) is { Success: true } unmapped)
        {
            var name = unmapped.Groups[1].Value;
            return (path is null || path == name || path.EndsWith("." + name, StringComparison.Ordinal) ? path ?? name : $"{path}.{name}", "There is no such member.");
        }

        if (Duplicate().Match(json.Message) is { Success: true } duplicate)
        {
            return (path ?? duplicate.Groups[1].Value, "This member is given twice.");
        }

        if (json.InnerException is not (null or JsonException) || json.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            return (path, UnreadParameter.Message);
        }

        var where = json is { LineNumber: { } line, BytePositionInLine: { } column } ? $" Line {line + 1}, byte {column + 1}." : "";
        return Missing().Match(json.Message) is { Success: true } missing
            ? (missing.Groups[1].Value, "This member is missing.")
            : (path, "This is not valid JSON." + where);
    }

    private static (string? Field, string Message) Describe(BadHttpRequestException bad) => Parameter().Match(bad.Message) is { Success: true } parameter
        ? (JsonNamingPolicy.CamelCase.ConvertName(parameter.Groups[1].Value), UnreadParameter.Message)
        : (null, bad.Message);

    [GeneratedRegex("^The JSON property '([^']*)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("^Duplicate property '([^']*)'")]
    private static partial Regex Duplicate();

    [GeneratedRegex("missing required properties including: '([^']*)'")]
    private static partial Regex Missing();

    [GeneratedRegex("""^Failed to bind parameter "\S+ (\S+)" from""")]
    private static partial Regex Parameter();
}
