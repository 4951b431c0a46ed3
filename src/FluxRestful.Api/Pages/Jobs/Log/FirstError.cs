using System.Text;
using System.Text.RegularExpressions;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Logs;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>Where one looks first in the output of a job that failed: the first line on stderr, or from the shell, that speaks of an error.</summary>
internal static partial class FirstError
{
    // It is a guess for the eye; a job that writes that much to stderr is opened at its end.
    private const int MostLines = 100_000;
    private const int Width = 1000;

    internal static async Task<long?> FindAsync(OutputView output, long total, CancellationToken cancellationToken)
    {
        if (output.Log.Count(IsLookedAt) == 0)
        {
            return null;
        }

        var seen = 0;
        await foreach (var slice in output.SlicesAsync(1, total, cancellationToken))
        {
            for (var i = slice.Start; i < slice.Start + slice.Count; i++)
            {
                var line = slice.Block.Lines.Span[i];
                if (line.Level is >= 0 and <= 3 || (output.Log.Source(line.Source).Stream == "stderr" && Speaks(slice.Block[line])))
                {
                    return slice.Block.First + i;
                }

                if (++seen > MostLines)
                {
                    return null;
                }
            }
        }

        return null;
    }

    private static bool IsLookedAt(OutputSource source) => source.IsShell || source.Stream == "stderr";

    private static bool Speaks(ReadOnlySpan<byte> line) => Words().IsMatch(Encoding.UTF8.GetString(line[..Math.Min(line.Length, Width)]));

    [GeneratedRegex(@"error|exception|traceback|fatal|panic|segmentation fault|assert|not found|denied|no such|cannot|failed|killed|abort", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
