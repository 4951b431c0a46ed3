using System.Text;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Jobs.Output;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Tests.Fakes;

/// <summary>An entry of an output, which stays when the next one is read.</summary>
internal sealed record OutputEntry(OutputEntryKind Kind, string Stream, string Rank, byte[] Bytes, bool IsEof, int Level)
{
    internal string Text => Encoding.UTF8.GetString(Bytes);

    internal static OutputEntry Read(string line)
    {
        var reader = new OutputEntryReader();
        reader.Read(Encoding.UTF8.GetBytes(line));
        return Of(reader);
    }

    internal static OutputEntry Read(FluxMessage answer)
    {
        var reader = new OutputEntryReader();
        reader.ReadMessage(RpcPayload.Bytes(answer).Span);
        return Of(reader);
    }

    /// <summary>What one stream of one task, or of all, wrote.</summary>
    internal static byte[] BytesOf(IEnumerable<OutputEntry> entries, string stream, string? rank = null) =>
    [
        .. entries.Where(entry => entry.Kind == OutputEntryKind.Data && entry.Stream == stream && (rank is null || entry.Rank == rank)).SelectMany(entry => entry.Bytes),
    ];

    private static OutputEntry Of(OutputEntryReader reader) => new(reader.Kind, reader.Stream, reader.Rank, reader.Bytes.ToArray(), reader.IsEof, reader.Level);
}
