using System.Globalization;
using FluxRestful.Api.Hosting;

namespace FluxRestful.Api.Problems;

/// <summary>The answer of an endpoint that did not do what was asked.</summary>
internal sealed class ProblemResult(ProblemType type, string? detail) : IResult, IStatusCodeHttpResult
{
    internal const string ContentType = "application/problem+json";

    public int? StatusCode => type.Status;

    internal IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    internal string? Hint { get; init; }

    /// <summary>One member of the request is wrong.</summary>
    internal static ProblemResult Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });

    internal static ProblemResult Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(ProblemType.InvalidRequest, string.Join(" ", errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}"))) { Errors = errors };

    /// <summary>The body alone, for one of several results.</summary>
    internal Contracts.Problem Describe(HttpContext httpContext) => type.With(httpContext, detail, Errors, Hint);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = type.Status;
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsJsonAsync(
            type.With(httpContext, detail, Errors, Hint), ServerJson.Default.Problem, ContentType, httpContext.RequestAborted);
    }
}
