namespace FluxRestful.Api.Problems;

internal static class ProblemTelling
{
    /// <summary>Tells a request what went wrong. That whoever asked has gone meanwhile is no failure on top of it.</summary>
    internal static async ValueTask<bool> TellAsync(this IProblemDetailsService problems, ProblemDetailsContext context)
    {
        try
        {
            return await problems.TryWriteAsync(context);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }
    }
}
