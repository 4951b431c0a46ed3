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
/// An output for a page that is open, as it comes: at most ten batches a second of at most a thousand lines, and behind them what has been begun, which
/// the next replaces. Who falls behind, or would be sent too many for long, is sent the newest lines, and told which he did not see. The id of a batch is
/// its last line, so that a broken connection goes on without gap or repetition.
/// </summary>
/// <param name="from">The first line that the page does not have.</param>
internal sealed class LogFollower(OutputView output, LogAddress address, OutputQuery query, LogView view, long from) : IResult
{
    internal const int Batch = 1000;
    internal const int MaxBehind = 5 * Batch;

    // How many lines a second one is sent for long, beyond MaxBehind at once. Of more the newest: nobody reads a flood, one sees that it flows.
    private const int SteadyPace = Batch;
    private const int Newest = 100;

    private const int MostBegun = 20;

    // A batch of long lines is a shorter one.
    private const int MostLetters = 128 * 1024;

    internal static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var time = services.GetRequiredService<TimeProvider>();
        var heartbeat = TimeSpan.FromSeconds(services.GetRequiredService<IOptions<JobEventOptions>>().Value.Heartbeat);
        var events = new EventStream(httpContext, heartbeat, time, services.GetRequiredService<IHostApplicationLifetime>());
        var screen = new LogScreen(view.HasRanks);
        string? begun = null;
        await events.StartAsync();
        if (await events.RunAsync(PiecesAsync(time, httpContext.RequestAborted), SendAsync))
        {
            var state = output.Log.State;
            await events.SendAsync("end", LogAddress.Text(state.Total) + OutputFollower.EndMark, new OutputEnd(output.Status(state), state.Total), ServerJson.Default.OutputEnd);
        }

        Task SendAsync(Piece piece)
        {
            var state = output.Log.State;
            if (piece is { Lines: null, Begun: null })
            {
                begun = null;
                return events.SendAsync("skipped", LogAddress.Text(piece.Last), new OutputSkip(piece.First, piece.Last), ServerJson.Default.OutputSkip);
            }

            var lines = piece.Lines?.Select(line => screen.Show(line)).ToList();
            var before = begun;
            begun = LogHtml.OfBegun(screen.ShowBegun(piece.Begun ?? []), address, view.Start);
            if (lines is null)
            {
                return begun == before ? Task.CompletedTask : events.SendTextAsync("begun", null, begun);
            }

            var matching = query.IsUnfiltered ? state.Total : output.Log.Count(query.Wants);
            var place = new LogPlace(output.Status(state), state.Total, matching, null, null);
            return events.SendTextAsync("lines", LogAddress.Text(piece.Last), LogHtml.Of(lines, address, place, view.Start) + begun);
        }
    }

    /// <summary>What stands behind the last line, as much of it as is shown: of none more than of a line that is not asked for whole.</summary>
    internal static OutputTip Tip(OutputView output, OutputQuery query) => output.Log.Tip(query.Wants, MostBegun, Math.Min(query.Width, LogAddress.Width));

    private async IAsyncEnumerable<Piece> PiecesAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new OutputFilter(output.Log, query);
        var shown = -1L;
        double allowed = MaxBehind;
        var since = time.GetTimestamp();
        for (var next = from; ;)
        {
            var state = output.Log.State;
            if (next > state.Total)
            {
                var tip = Tip(output, query);
                if (tip.Total < next && tip.Changes != shown)
                {
                    shown = tip.Changes;
                    yield return new Piece(next, next - 1, null, tip.Begun);
                    await Task.Delay(Pace, time, cancellationToken);
                }
                else if (state.HasEnded)
                {
                    yield break;
                }
                else
                {
                    await output.Log.ChangedAsync(next - 1, shown, cancellationToken);
                }

                continue;
            }

            allowed = Math.Clamp(allowed + (time.GetElapsedTime(since).TotalSeconds * SteadyPace), 0, MaxBehind);
            since = time.GetTimestamp();
            if (state.Total - next >= Math.Max(allowed, Newest))
            {
                yield return new Piece(next, state.Total - Newest, null, null);
                next = state.Total - Newest + 1;
            }

            var lines = new List<OutputLine>();
            var (first, letters) = (next, 0);
            await foreach (var slice in output.SlicesAsync(next, state.Total, cancellationToken))
            {
                for (var i = slice.Start; i < slice.Start + slice.Count && IsOpen(); i++, next++)
                {
                    if (filter.Fits(slice.Block, slice.Block.Lines.Span[i]))
                    {
                        lines.Add(OutputLineText.Tell(output.Log, slice.Block, i, query));
                        letters += lines[^1].Text.Length;
                    }
                }

                if (!IsOpen())
                {
                    break;
                }
            }

            bool IsOpen() => lines.Count < Batch && letters < MostLetters;

            if (lines.Count > 0)
            {
                allowed -= lines.Count;
                // What is begun stands behind the very last line only.
                var tip = Tip(output, query);
                shown = tip.Total < next ? tip.Changes : -1;
                yield return new Piece(first, next - 1, lines, tip.Total < next ? tip.Begun : null);
            }

            await Task.Delay(Pace, time, cancellationToken);
        }
    }

    // Without lines: these are left out, or only what has been begun is another.
    private readonly record struct Piece(long First, long Last, IReadOnlyList<OutputLine>? Lines, IReadOnlyList<BegunText>? Begun);
}
