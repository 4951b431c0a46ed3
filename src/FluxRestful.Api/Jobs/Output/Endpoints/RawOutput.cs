using FluxRestful.Api.Jobs.Output.Logs;
using Microsoft.AspNetCore.Http.Features;

namespace FluxRestful.Api.Jobs.Output.Endpoints;

/// <summary>
/// An output as it was written, byte for byte: of each task and stream all bytes in their order; where several write, line by line in the order of arrival.
/// An answer that cannot be completed is broken off, so that nobody takes it for whole.
/// </summary>
/// <param name="follow">To the end of the job.</param>
/// <param name="isPart">Whether the query's range counts; otherwise everything is wanted.</param>
internal sealed class RawOutput(OutputView output, OutputQuery query, bool follow, bool isPart) : IResult
{
    internal const string MediaType = "text/plain";

    /// <summary>What it is announced as.</summary>
    internal string ContentType { get; init; } = MediaType + "; charset=utf-8";

    private static readonly HashSet<string> Tasks = ["stdout", "stderr"];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var ending = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, follow ? ending : CancellationToken.None);
        var wanted = query with { Streams = query.Streams ?? Tasks };
        var (from, last, unfinished) = await RangeAsync(wanted, either.Token);
        response.ContentType = ContentType;
        response.Headers["X-Accel-Buffering"] = "no";
        if (follow)
        {
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        }

        try
        {
            await response.StartAsync(either.Token);
            await response.Body.FlushAsync(either.Token);
            var filter = new OutputFilter(output.Log, wanted);
            await foreach (var slice in output.SlicesAsync(from, last, either.Token))
            {
                foreach (var bytes in Runs(slice, filter))
                {
                    await response.Body.WriteAsync(bytes, either.Token);
                }

                if (follow)
                {
                    await response.Body.FlushAsync(either.Token);
                }
            }

            foreach (var (source, bytes) in unfinished)
            {
                await response.Body.WriteAsync(wanted.Wants(source) ? bytes : [], either.Token);
            }
        }
        catch (Exception) when (response.HasStarted)
        {
            // Nothing can be said any more, but that it is not whole.
            httpContext.Abort();
        }
    }

    private async Task<(long From, long Last, IReadOnlyList<(OutputSource Source, byte[] Bytes)> Unfinished)> RangeAsync(
        OutputQuery wanted, CancellationToken cancellationToken)
    {
        if (isPart)
        {
            var page = await output.ReadAsync(wanted with { Width = 1 }, cancellationToken);
            return page.Lines.Count == 0 ? (1, 0, []) : (page.Lines[0].Number, follow && wanted.Before is long.MaxValue ? long.MaxValue : page.Lines[^1].Number, []);
        }

        if (follow)
        {
            return (wanted.From, long.MaxValue, []);
        }

        await output.ReadyAsync(cancellationToken);
        var (total, begun) = output.Log.Everything;
        return (wanted.From, total, begun);
    }

    // Lines beside each other that are all wanted go out as one.
    private static IEnumerable<ReadOnlyMemory<byte>> Runs(OutputSlice slice, OutputFilter filter)
    {
        var start = -1;
        for (var i = slice.Start; i <= slice.Start + slice.Count; i++)
        {
            var isWanted = i < slice.Start + slice.Count && filter.Fits(slice.Block, slice.Block.Lines.Span[i]);
            if (isWanted && start < 0)
            {
                start = i;
            }
            else if (!isWanted && start >= 0)
            {
                yield return new OutputSlice(slice.Block, start, i - start).Bytes;
                start = -1;
            }
        }
    }
}
