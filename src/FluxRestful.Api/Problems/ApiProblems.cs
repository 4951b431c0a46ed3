using FluxRestful.Api.Hosting;
using FluxRestful.Api.Restful;
using FluxRestful.Contracts;

namespace FluxRestful.Api.Problems;

/// <summary>What went wrong outside of any endpoint's own answer, worded for everybody but <c>/v1</c>. <see cref="ProblemTypeKey"/> says which type it is.</summary>
internal sealed class ApiProblems : IProblemDetailsWriter
{
    /// <summary>An extension member that never leaves the server: a <see cref="ProblemType"/> better than what the status tells.</summary>
    internal const string ProblemTypeKey = "problem-type";

    /// <summary>An extension member: errors by field.</summary>
    internal const string ErrorsKey = "errors";

    /// <summary>An extension member: the <see cref="LimitUse"/> that was in the way.</summary>
    internal const string LimitKey = "limit";

    public bool CanWrite(ProblemDetailsContext context) => !RestfulProblems.Speaks(context.HttpContext);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var response = context.HttpContext.Response;
        var type = problem.Extensions.TryGetValue(ProblemTypeKey, out var known) && known is ProblemType better ? better : ProblemType.Of(response.StatusCode);
        var errors = problem.Extensions.TryGetValue(ErrorsKey, out var found) ? found as IReadOnlyDictionary<string, string[]> : null;
        var written = type.With(context.HttpContext, problem.Detail, errors) with
        {
            Status = response.StatusCode,
            Limit = problem.Extensions.TryGetValue(LimitKey, out var limit) ? limit as LimitUse : null,
        };
        await response.WriteAsJsonAsync(written, ServerJson.Default.Problem, ProblemResult.ContentType, context.HttpContext.RequestAborted);
    }
}
