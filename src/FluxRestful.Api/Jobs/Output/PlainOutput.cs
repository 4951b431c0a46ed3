using System.Runtime.CompilerServices;
using System.Text;
using FluxRestful.Api.Jobs.Output.Logs;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>
/// An output as flux-restful-api shows it: what all tasks wrote, standard output and error together, as text, and in between the shell's errors and which
/// streams went to files. What is no UTF-8 becomes U+FFFD.
/// </summary>
internal sealed class PlainOutput(OutputView output)
{
    // Beside its letters, two bytes each, a line is an object and a reference to it: a million empty lines are not free.
    private const int CostOfLine = 32;
    private const int WorstToShow = 3;

    /// <summary>What there is now, line by line, each with its newline; last those that have no end yet.</summary>
    /// <param name="maxBytes">How much memory it may take; of more the beginning is shown.</param>
    /// <exception cref="OutputBusyException">So much is being read that this does not fit.</exception>
    internal async Task<IReadOnlyList<string>> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        await output.ReadyAsync(cancellationToken);
        var (total, begun) = output.Log.Everything;
        var lines = new List<string>();
        var bytes = 0L;
        await foreach (var slice in output.SlicesAsync(1, total, cancellationToken))
        {
            for (var i = 0; i < slice.Count; i++)
            {
                if (!Take(TextOf(slice.Block, slice.Lines[i])))
                {
                    return lines;
                }
            }
        }

        _ = begun.All(each => Take(Encoding.UTF8.GetString(each.Bytes)));
        return lines;

        bool Take(string text)
        {
            if (text.Length == 0)
            {
                return true;
            }

            var cost = CostOfLine + (2L * text.Length);
            if ((bytes += cost) > maxBytes)
            {
                lines.Add($"[the output takes more than {maxBytes} bytes; the rest is left out here, the stream has it]\n");
                return false;
            }

            output.Use(cost);
            lines.Add(text);
            return true;
        }
    }

    /// <summary>All of it from the beginning, then what comes, to the end of the job; line by line, for a line has its place where its end arrives.</summary>
    internal async IAsyncEnumerable<string> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await foreach (var slice in output.SlicesAsync(1, long.MaxValue, cancellationToken))
        {
            foreach (var line in slice.Lines)
            {
                text.Append(TextOf(slice.Block, line));
            }

            if (text.Length > 0)
            {
                yield return text.ToString();
                text.Clear();
            }
        }
    }

    private string TextOf(OutputBlock block, LineEntry line)
    {
        var text = Encoding.UTF8.GetString(block[line]);
        return line.Level < 0 || IsRedirection(text, line) ? text : line.Level <= WorstToShow ? $"flux-shell: {text}" : "";
    }

    private bool IsRedirection(string text, LineEntry line) =>
        line.Level == LineGatherer.LevelOfRedirection && output.Log.Told.Redirects.Any(redirect => text.AsSpan().TrimEnd('\n').SequenceEqual(LineGatherer.Words(redirect)));
}
