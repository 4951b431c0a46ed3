using System.Text;
using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing.Texts;

/// <summary>
/// What is searched of the jobs of a chunk, in capitals and one behind the other: name, command, tags, owner, queue, hosts, directory and the note of an exception.
/// A word is looked for in all of them at once, as fast as memory can be read.
/// </summary>
internal sealed class ChunkTexts
{
    /// <summary>Stands between two texts, so that no word reaches from one into the next.</summary>
    public const char Between = '\0';

    private readonly byte[] _texts;

    // Where the texts of each job end.
    private readonly int[] _ends;

    private ChunkTexts(JobEntry[] entries)
    {
        var texts = new StringBuilder();
        using var bytes = new MemoryStream();
        _ends = new int[entries.Length];
        for (var place = 0; place < entries.Length; place++)
        {
            var (job, owner) = (entries[place].Record, entries[place].OwnerName);
            texts.Clear().AppendJoin(Between, job.Name, job.Command, job.Tags, owner, job.Queue, job.NodeList, job.Cwd, job.Exception?.Note, "");
            bytes.Write(Capitals(texts.ToString()));
            _ends[place] = (int)bytes.Length;
        }

        _texts = bytes.ToArray();
    }

    public static ChunkColumn<ChunkTexts> Column { get; } = new(entries => new ChunkTexts(entries));

    public static byte[] Capitals(string text) => Encoding.UTF8.GetBytes(text.ToUpperInvariant());

    /// <summary>Leaves those in which the word is.</summary>
    /// <param name="word">In capitals, not empty, without <see cref="Between"/>.</param>
    public void Keep(ReadOnlySpan<byte> word, Span<bool> fits)
    {
        for (var job = 0; job < _ends.Length; job++)
        {
            var start = job == 0 ? 0 : _ends[job - 1];
            var found = _texts.AsSpan(start).IndexOf(word);
            var first = job;
            while (job < _ends.Length && (found < 0 || _ends[job] <= start + found))
            {
                job++;
            }

            fits[first..job].Clear();
        }
    }
}
