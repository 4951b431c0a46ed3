using FluxRestful.Api.Broker;
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
        var ending = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, ending);
        try
        {
            await foreach (var piece in pieces.WithCancellation(either.Token))
            {
                await response.WriteAsync(piece, either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client has gone, and leaving the loop has told the broker; or the server ends, and nobody shall take this for the end of the output.
            httpContext.Abort();
        }
        catch (Exception failure) when (BrokerProblem.Of(failure) is not null)
        {
            // Nothing can be said any more, but that it is not whole.
            httpContext.Abort();
        }
    }
}
