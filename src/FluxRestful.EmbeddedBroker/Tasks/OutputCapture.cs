using System.Text.Unicode;
using FluxRestful.EmbeddedBroker.EventLogs;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>Reads one output stream of one task and makes data events of RFC 24 of it: line by line, base64 where it is no UTF-8.</summary>
internal sealed class OutputCapture(GuestOutput output, string stream, int taskRank, bool isUnbuffered, InstanceLoop loop, TimeProvider time)
{
    private const int ChunkSize = 64 * 1024;

    private readonly string _rank = taskRank.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads to the end of file, or until nobody waits for it any more.</summary>
    public async Task Run(Stream pipe, CancellationToken abandoned)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        var splitter = new LineSplitter(pieces.Add);
        var buffer = new byte[ChunkSize];
        while (await Read(pipe, buffer, abandoned) is var count && count > 0)
        {
            if (output.IsFull)
            {
                // Still read, so that the task does not block, but nothing is kept.
                continue;
            }

            if (isUnbuffered)
            {
                pieces.Add(buffer.AsMemory(0, count).ToArray());
            }
            else
            {
                splitter.Add(buffer.AsSpan(0, count));
            }

            await Hand(pieces);
        }

        splitter.Finish();
        await Hand(pieces);
        await loop.Post(() => output.Append(Line(data: null)), CancellationToken.None);
        await pipe.DisposeAsync();
    }

    private static async ValueTask<int> Read(Stream pipe, byte[] buffer, CancellationToken abandoned)
    {
        try
        {
            return await pipe.ReadAsync(buffer, abandoned);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0;
        }
    }

    private async ValueTask Hand(List<ReadOnlyMemory<byte>> pieces)
    {
        if (pieces.Count == 0)
        {
            return;
        }

        var lines = pieces.ConvertAll(piece => Line(piece));
        pieces.Clear();
        await loop.Post(() => lines.ForEach(output.Append), CancellationToken.None);
    }

    private byte[] Line(ReadOnlyMemory<byte>? data) => LogLine.Encode(time.GetUtcNow().ToSeconds(), "data", writer =>
    {
        writer.WriteString("stream", stream);
        writer.WriteString("rank", _rank);
        if (data is not { } bytes)
        {
            writer.WriteBoolean("eof", true);
        }
        else if (Utf8.IsValid(bytes.Span))
        {
            writer.WriteString("data", bytes.Span);
        }
        else
        {
            writer.WriteString("encoding", "base64");
            writer.WriteBase64String("data", bytes.Span);
        }
    });
}
