using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FluxRestful.Benchmarks;

/// <summary>
/// One keep-alive connection that sends prepared requests and reads answers whole. HttpClient costs as much processor time as the
/// server it would measure on the same two cores, so the load comes from this.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];

    public static async Task<HttpConnection> OpenAsync(int port, CancellationToken cancellationToken, IPAddress? from = null)
    {
        var connection = new HttpConnection();
        if (from is not null)
        {
            connection._socket.Bind(new IPEndPoint(from, 0));
        }

        await connection._socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return connection;
    }

    public static byte[] Request(string method, string path, string authorization, int port) => Encoding.ASCII.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {authorization}\r\nContent-Length: 0\r\n\r\n");

    /// <summary>Sends a request and reads its whole answer.</summary>
    /// <returns>The status and the number of bytes.</returns>
    public async Task<(int Status, int Length)> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        var filled = 0;
        while (true)
        {
            if (filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, filled * 2);
            }

            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            filled += read;
            if (IsWhole(_buffer.AsSpan(0, filled), out var status))
            {
                return (status, filled);
            }
        }
    }

    /// <summary>Sends a request and waits for the head of its answer alone.</summary>
    public async Task OpenStreamAsync(byte[] request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
        if (!_buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8))
        {
            throw new IOException(Encoding.ASCII.GetString(_buffer, 0, read));
        }
    }

    /// <summary>What comes next of a stream; 0 at its end.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _socket.ReceiveAsync(buffer, cancellationToken);

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> bytes, out int status)
    {
        status = 0;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = bytes[..end];
        status = Number(head["HTTP/1.1 ".Length..]);
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 ? bytes.Length >= end + 4 + Number(head[(at + 16)..]) : bytes.EndsWith("\r\n0\r\n\r\n"u8);
    }

    private static int Number(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out int number, out _) ? number : throw new IOException("The server did not answer in HTTP/1.1.");
}
