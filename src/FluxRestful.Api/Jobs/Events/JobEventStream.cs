using System.IO.Pipelines;
using FluxRestful.Api.Hosting.Streams;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Events;

/// <summary>Sends a follower what happens, in one of two forms, until the job is over, he leaves, is cut off for being slow, or the server ends.</summary>
/// <param name="follower">Who follows; left when the stream ends.</param>
/// <param name="isLines">As lines of JSON; otherwise as server-sent events.</param>
/// <param name="begins">He has seen no event yet: he is told where he begins.</param>
/// <param name="seen">The number of the last event that he has.</param>
/// <param name="job">The one job that is followed, as it is now; null if they are many.</param>
internal sealed class JobEventStream(JobFollower follower, bool isLines, bool begins, long seen, Func<JobEntry?>? job) : IResult
{
    internal const string Sse = "text/event-stream";
    internal const string Lines = "application/x-ndjson";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ownFollower = follower;
        var services = httpContext.RequestServices;
        var options = services.GetRequiredService<IOptions<JobEventOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        using var longest = new CancellationTokenSource(TimeSpan.FromMinutes(options.LongestMinutes), time);
        var ending = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, httpContext.RequestAborted, ending);
        Prepare(httpContext);
        try
        {
            await httpContext.Response.StartAsync(leaving.Token);
            await SendAsync(httpContext.Response.BodyWriter, options, time, leaving.Token);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // He has gone, or is to come again.
            if (ending.IsCancellationRequested && !isLines && !httpContext.RequestAborted.IsCancellationRequested)
            {
                await httpContext.Response.WriteAsync(EventStream.Goodbye, httpContext.RequestAborted);
            }
        }
    }

    private void Prepare(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = isLines ? Lines : Sse;
        response.Headers.CacheControl = "no-store";
        // For a proxy in between: do not gather.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task SendAsync(PipeWriter body, JobEventOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var (heartbeat, gather) = (TimeSpan.FromSeconds(options.Heartbeat), TimeSpan.FromSeconds(options.Gather));
        var last = seen;
        if (begins)
        {
            Write(body, JobNotice.Ready(follower.Start, job?.Invoke()));
            last = follower.Start.Sequence;
        }

        foreach (var notice in follower.Missed)
        {
            Write(body, notice);
            last = notice.Id.Sequence;
        }

        await body.FlushAsync(cancellationToken);
        var sentAt = time.GetTimestamp() - time.TimestampFrequency;
        Task<bool>? more = null;
        while (!IsOver(last))
        {
            more ??= follower.Notices.WaitToReadAsync(cancellationToken).AsTask();
            if (!more.IsCompleted)
            {
                await ((Task)more).WaitAsync(heartbeat, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (!more.IsCompleted)
            {
                FormatOfStream.WriteHeartbeat(body, isLines);
            }
            else if (!await more)
            {
                return;
            }
            else
            {
                more = null;
                // What comes in quick succession goes in one piece: a thousand followers cost some sends a second each, however much happens.
                if (gather - time.GetElapsedTime(sentAt) is { Ticks: > 0 } rest)
                {
                    await Task.Delay(rest, time, cancellationToken);
                }
            }

            while (follower.Notices.TryRead(out var notice))
            {
                Write(body, notice);
                last = notice.Id.Sequence;
            }

            await body.FlushAsync(cancellationToken);
            sentAt = time.GetTimestamp();
        }
    }

    // The job has ended, and all of it has been told.
    private bool IsOver(long last) => job is not null && (job() is not { } entry || (entry.Record.State == JobState.Inactive && last >= entry.Version));

    private void Write(PipeWriter body, JobNotice notice) => FormatOfStream.Write(body, notice, isLines);
}
