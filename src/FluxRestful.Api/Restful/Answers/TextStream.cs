using Microsoft.AspNetCore.Http.Features;

namespace FluxRestful.Api.Restful.Answers;

/// <summary>Text that is sent as it comes.</summary>
internal sealed class TextStream(IAsyncEnumerable<string> pieces) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        // For a proxy in between: do not gather.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // The client learns that there is a job before the job says anything.
        await response.StartAsync(httpContext.RequestAborted);
        await response.Body.FlushAsync(httpContext.RequestAborted);
        try
        {
            await foreach (var piece in pieces.WithCancellation(httpContext.RequestAborted))
            {
                await response.WriteAsync(piece, httpContext.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; leaving the loop has told the broker.
        }
    }
}
