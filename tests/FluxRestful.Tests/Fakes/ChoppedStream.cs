namespace FluxRestful.Tests.Fakes;

/// <summary>Bytes that arrive in pieces of given lengths, over and over.</summary>
internal sealed class ChoppedStream(byte[] bytes, int[] cuts) : MemoryStream(bytes, writable: false)
{
    private int _next;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var length = Math.Min(cuts[_next++ % cuts.Length], buffer.Length);
        return base.ReadAsync(buffer[..length], cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;
}
