using System.Globalization;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Hosting.Streams;
using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Contracts.Jobs.Output;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Output.Endpoints;

/// <summary>An output as server-sent events, from before the job starts to after it has ended.</summary>
/// <param name="seen">The last line that the client has; null if it begins.</param>
/// <param name="maxBehind">How many lines it may be behind before it is sent the newest instead.</param>
internal sealed class OutputFollower(OutputView output, OutputQuery query, long? seen, int? maxBehind) : IResult
{
    /// <summary>Behind the number in the id of the event <c>end</c>: who has had that needs nothing more.</summary>
    internal const char EndMark = 'e';

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var stopping = httpContext.RequestAborted;
        var time = services.GetRequiredService<TimeProvider>();
        var heartbeat = services.GetRequiredService<IOptions<JobEventOptions>>().Value.Heartbeat;
        var from = seen + 1 ?? await BeginAsync(stopping);
        var events = new EventStream(httpContext, TimeSpan.FromSeconds(heartbeat), time, services.GetRequiredService<IHostApplicationLifetime>());
        await events.StartAsync();
        var filter = new OutputFilter(output.Log, query);
        if (await events.RunAsync(SlicesAsync(from, stopping), SendAsync))
        {
            var state = output.Log.State;
            await events.SendAsync("end", Id(state.Total) + EndMark, new OutputEnd(output.Status(state), state.Total), ServerJson.Default.OutputEnd);
        }

        Task SendAsync(Piece piece)
        {
            if (piece.Skipped is { } skipped)
            {
                return events.SendAsync("skipped", Id(skipped.To), skipped, ServerJson.Default.OutputSkip);
            }

            var slice = piece.Slice;
            var lines = new List<OutputLine>(slice.Count);
            for (var i = slice.Start; i < slice.Start + slice.Count; i++)
            {
                if (filter.Fits(slice.Block, slice.Block.Lines.Span[i]))
                {
                    lines.Add(OutputLineText.Tell(output.Log, slice.Block, i, query));
                }
            }

            return lines.Count == 0 ? Task.CompletedTask
                : events.SendAsync("lines", Id(slice.Next - 1), lines, ServerJson.Default.IReadOnlyListOutputLine);
        }
    }

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);

    // The last lines that fit, if that is where the client wants to begin.
    private async Task<long> BeginAsync(CancellationToken cancellationToken)
    {
        if (query.Before is null)
        {
            return query.From;
        }

        var page = await output.ReadAsync(query with { Width = 1 }, cancellationToken);
        return page.Lines.Count > 0 ? page.Lines[0].Number : page.Total + 1;
    }

    private async IAsyncEnumerable<Piece> SlicesAsync(
        long from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var hasSkipped = true; hasSkipped;)
        {
            hasSkipped = false;
            await foreach (var slice in output.SlicesAsync(from, long.MaxValue, cancellationToken))
            {
                var total = output.Log.State.Total;
                if (maxBehind is { } most && total - slice.First >= most)
                {
                    var next = total - Math.Min(most, OutputQuery.UsualLines) + 1;
                    yield return new Piece(default, new OutputSkip(slice.First, next - 1));
                    from = next;
                    hasSkipped = true;
                    break;
                }

                yield return new Piece(slice, null);
                from = slice.Next;
            }
        }
    }

    private readonly record struct Piece(OutputSlice Slice, OutputSkip? Skipped);
}
