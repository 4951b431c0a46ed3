using System.Runtime.CompilerServices;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Hosting.Streams;
using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Endpoints;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Contracts.Jobs.Output;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>
/// An output for a page that is open, as it comes: at most ten batches a second of at most a thousand lines. Who falls behind by more than that is sent the
/// newest lines, and told which he did not see. The id of a batch is its last line, so that a broken connection goes on without gap or repetition.
/// </summary>
/// <param name="from">The first line that the page does not have.</param>
internal sealed class LogFollower(OutputView output, LogAddress address, OutputQuery query, LogView view, long from) : IResult
{
    internal const int Batch = 1000;
    internal const int MaxBehind = 5 * Batch;

    internal static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var time = services.GetRequiredService<TimeProvider>();
        var heartbeat = TimeSpan.FromSeconds(services.GetRequiredService<IOptions<JobEventOptions>>().Value.Heartbeat);
        var events = new EventStream(httpContext, heartbeat, time, services.GetRequiredService<IHostApplicationLifetime>());
        var screen = new LogScreen(view.HasRanks);
        await events.StartAsync();
        if (await events.RunAsync(PiecesAsync(time, httpContext.RequestAborted), SendAsync))
        {
            var state = output.Log.State;
            await events.SendAsync("end", LogAddress.Text(state.Total) + OutputFollower.EndMark, new OutputEnd(output.Status(state), state.Total), ServerJson.Default.OutputEnd);
        }

        Task SendAsync(Piece piece)
        {
            var state = output.Log.State;
            if (piece.Lines is null)
            {
                return events.SendAsync("skipped", LogAddress.Text(piece.Last), new OutputSkip(piece.First, piece.Last), ServerJson.Default.OutputSkip);
            }

            var matching = query.IsUnfiltered ? state.Total : output.Log.Count(query.Wants);
            var place = new LogPlace(output.Status(state), state.Total, matching, null, null);
            return events.SendTextAsync("lines", LogAddress.Text(piece.Last), LogHtml.Of([.. piece.Lines.Select(line => screen.Show(line))], address, place, view.Start));
        }
    }

    private async IAsyncEnumerable<Piece> PiecesAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new OutputFilter(output.Log, query);
        for (var next = from; ;)
        {
            var state = output.Log.State;
            if (next > state.Total)
            {
                if (state.HasEnded)
                {
                    yield break;
                }

                await output.Log.ChangedAsync(next - 1, cancellationToken);
                continue;
            }

            if (state.Total - next >= MaxBehind)
            {
                yield return new Piece(next, state.Total - Batch, null);
                next = state.Total - Batch + 1;
            }

            var lines = new List<OutputLine>();
            var first = next;
            await foreach (var slice in output.SlicesAsync(next, state.Total, cancellationToken))
            {
                for (var i = slice.Start; i < slice.Start + slice.Count && lines.Count < Batch; i++, next++)
                {
                    if (filter.Fits(slice.Block, slice.Block.Lines.Span[i]))
                    {
                        lines.Add(OutputLineText.Tell(output.Log, slice.Block, i, query));
                    }
                }

                if (lines.Count == Batch)
                {
                    break;
                }
            }

            if (lines.Count > 0)
            {
                yield return new Piece(first, next - 1, lines);
            }

            await Task.Delay(Pace, time, cancellationToken);
        }
    }

    // Without lines: these are left out.
    private readonly record struct Piece(long First, long Last, IReadOnlyList<OutputLine>? Lines);
}
