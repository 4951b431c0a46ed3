using System.Globalization;
using FluxRestful.Api.Problems;
using Microsoft.AspNetCore.Diagnostics;

namespace FluxRestful.Api.Broker;

/// <summary>Answers a request that met a <see cref="BrokerProblem"/>. How it is worded is the business of the face.</summary>
internal sealed class BrokerProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (BrokerProblem.Of(exception) is not { } problem || httpContext.Response.HasStarted)
        {
            return false;
        }

        httpContext.Response.StatusCode = problem.Type.Status;
        if (problem.RetryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return await problems.TellAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            Exception = exception,
            ProblemDetails = { Status = problem.Type.Status, Detail = problem.Detail, Extensions = { [ApiProblems.ProblemTypeKey] = problem.Type, [ApiProblems.LimitKey] = problem.Limit } },
        });
    }
}
