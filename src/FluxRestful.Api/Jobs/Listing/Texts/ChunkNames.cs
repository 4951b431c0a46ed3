using System.Text;
using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing.Texts;

/// <summary>The names of the jobs of a chunk one behind the other, for patterns: a piece of one is looked for in all of them at once.</summary>
internal sealed class ChunkNames
{
    private readonly byte[] _names;

    // Where the name of each job ends.
    private readonly int[] _ends;

    private ChunkNames(JobEntry[] entries)
    {
        using var bytes = new MemoryStream();
        _ends = new int[entries.Length];
        for (var place = 0; place < entries.Length; place++)
        {
            bytes.Write(Encoding.UTF8.GetBytes(entries[place].Record.Name ?? ""));
            _ends[place] = (int)bytes.Length;
        }

        _names = bytes.ToArray();
    }

    public static ChunkColumn<ChunkNames> Column { get; } = new(entries => new ChunkNames(entries));

    /// <summary>Leaves those whose name fits. One without a name has none that could.</summary>
    public void Keep(NamePattern pattern, Span<bool> fits)
    {
        for (var job = 0; job < _ends.Length; job++)
        {
            // A hit may reach into the next name: then it is none, and the name in which it begins does not fit.
            var found = _names.AsSpan(StartOf(job)).IndexOf(pattern.Longest);
            var at = found < 0 ? int.MaxValue : StartOf(job) + found;
            var first = job;
            while (job < _ends.Length && _ends[job] <= at)
            {
                job++;
            }

            fits[first..job].Clear();
            if (job < _ends.Length)
            {
                fits[job] = fits[job] && pattern.Fits(_names.AsSpan(StartOf(job).._ends[job]));
            }
        }
    }

    private int StartOf(int job) => job == 0 ? 0 : _ends[job - 1];
}
