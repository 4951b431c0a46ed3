using System.Diagnostics;
using System.Text.RegularExpressions;
using FluxRestful.Api.Jobs.Output.Logs;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>Finds one match after the other in a whole output.</summary>
internal static class OutputSearch
{
    /// <summary>For a single line.</summary>
    internal static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The first match from a line on, or the first of all if none comes after it; with the true total.</summary>
    /// <exception cref="OutputSearchException">It takes too long.</exception>
    internal static async Task<OutputFound> FindAsync(OutputView output, OutputQuery query, long from, CancellationToken cancellationToken)
    {
        var state = await output.ReadyAsync(cancellationToken);
        var filter = new OutputFilter(output.Log, query);
        var began = Stopwatch.GetTimestamp();
        long total = 0, index = 0;
        long? first = null, second = null, last = null, previous = null, found = null, next = null;
        try
        {
            await foreach (var slice in output.SlicesAsync(1, state.Total, cancellationToken))
            {
                for (var i = slice.Start; i < slice.Start + slice.Count; i++)
                {
                    if (filter.Fits(slice.Block, slice.Block.Lines.Span[i]))
                    {
                        Take(slice.Block.First + i);
                    }
                }

                if (Stopwatch.GetElapsedTime(began) > Longest)
                {
                    throw new OutputSearchException($"The search takes longer than {Longest.TotalSeconds} seconds. Search for something simpler, or in one stream.");
                }
            }
        }
        catch (RegexMatchTimeoutException)
        {
            throw new OutputSearchException("The expression takes too long on one of the lines. Search for something simpler.");
        }

        // Round the corner: after the last comes the first.
        return found is null
            ? new OutputFound(total, first is null ? 0 : 1, first, second ?? first, last)
            : new OutputFound(total, index, found, next ?? first, previous ?? last);

        void Take(long number)
        {
            total++;
            if (number < from)
            {
                previous = number;
            }
            else if (found is null)
            {
                (found, index) = (number, total);
            }
            else
            {
                next ??= number;
            }

            second ??= first is null ? null : number;
            first ??= number;
            last = number;
        }
    }
}

/// <summary>A match, and its neighbours.</summary>
/// <param name="Total">How many lines match.</param>
/// <param name="Index">Which of them this is, counted from 1.</param>
/// <param name="Number">The line; null if none matches.</param>
/// <param name="Next">The line of the match after it.</param>
/// <param name="Previous">The line of the match before it.</param>
internal sealed record OutputFound(long Total, long Index, long? Number, long? Next, long? Previous);

/// <summary>A search that was given up.</summary>
internal sealed class OutputSearchException(string message) : Exception(message);
