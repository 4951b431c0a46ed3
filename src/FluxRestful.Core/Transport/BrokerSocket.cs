using System.Net.Sockets;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Core.Transport;

/// <summary>Connects to a broker's Unix socket and hears whether it lets us in.</summary>
public static class BrokerSocket
{
    private const string Scheme = "local://";

    /// <summary>Connects and waits for the broker's one byte: 0 is welcome, anything else an errno (seen: 1, EPERM).</summary>
    /// <param name="uri"><c>local:///path/of/socket</c>, or the path alone.</param>
    /// <exception cref="ArgumentException">Not such a URI, or a path too long for a socket.</exception>
    /// <exception cref="BrokerRefusedException">The broker does not want this user.</exception>
    /// <exception cref="BrokerDisconnectedException">No socket there (ENOENT), nobody behind it (ECONNREFUSED), no way to it (EACCES), or closed in silence.</exception>
    public static async Task<FrameStream> ConnectAsync(string uri, CancellationToken cancellationToken)
    {
        var endPoint = Parse(uri);
        Socket? socket = null;
        try
        {
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            await WelcomeAsync(socket, uri, cancellationToken).ConfigureAwait(false);
            return new FrameStream(new NetworkStream(socket, ownsSocket: true));
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            var errnum = Errnum(e);
            throw new BrokerDisconnectedException($"No connection to the broker at {uri}: {Errno.Describe(errnum)}.", errnum, e);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    /// <summary>The socket that a URI names.</summary>
    /// <exception cref="ArgumentException">Not a local URI, or a path too long for a socket.</exception>
    public static UnixDomainSocketEndPoint Parse(string uri)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uri);
        var path = uri.StartsWith(Scheme, StringComparison.Ordinal) ? uri[Scheme.Length..] : uri;
        if (!Path.IsPathRooted(path))
        {
            throw new ArgumentException($"'{uri}' is not a broker's local URI, such as local:///run/flux/local.", nameof(uri));
        }

        return new UnixDomainSocketEndPoint(path);
    }

    // .NET has no socket error for a missing file and says "address not available" for it.
    private static int Errnum(SocketException e) => e.SocketErrorCode == SocketError.AddressNotAvailable ? Errno.ENOENT : e.NativeErrorCode;

    private static async Task WelcomeAsync(Socket socket, string uri, CancellationToken cancellationToken)
    {
        var answer = new byte[1];
        if (await socket.ReceiveAsync(answer, cancellationToken).ConfigureAwait(false) == 0)
        {
            throw new BrokerDisconnectedException($"The broker at {uri} closed the connection without a word.", Errno.ECONNRESET);
        }

        if (answer[0] != 0)
        {
            throw new BrokerRefusedException(uri, answer[0]);
        }
    }
}
