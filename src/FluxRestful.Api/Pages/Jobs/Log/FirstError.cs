using FluxRestful.Api.Jobs.Output;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>Where one looks first in the output of a job that failed: <see cref="ErrorGuess"/> over its last lines.</summary>
internal static class FirstError
{
    // It is a guess for the eye; what fails ends soon after.
    internal const int MostLines = 100_000;

    internal static async Task<long?> FindAsync(OutputView output, long total, CancellationToken cancellationToken)
    {
        var guess = new ErrorGuess();
        await foreach (var slice in output.SlicesAsync(Math.Max(1, total - MostLines + 1), total, cancellationToken))
        {
            for (var i = slice.Start; i < slice.Start + slice.Count; i++)
            {
                var line = slice.Block.Lines.Span[i];
                var source = output.Log.Source(line.Source);
                guess.Take(slice.Block.First + i, line.Level is >= 0 and <= 3, source.Stream == "stderr", source.IsShell, slice.Block[line]);
            }
        }

        return guess.Line;
    }
}
