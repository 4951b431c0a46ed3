using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace FluxRestful.EmbeddedBroker.Connections;

/// <summary>Who is at the other end of a Unix socket, as the kernel says (<c>SO_PEERCRED</c>, <c>struct ucred</c>).</summary>
internal readonly record struct PeerCredentials(int ProcessId, uint UserId)
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    public static PeerCredentials Of(Socket socket)
    {
        Span<byte> ucred = stackalloc byte[12];
        var length = socket.GetRawSocketOption(SolSocket, SoPeerCred, ucred);
        return length == ucred.Length
            ? new PeerCredentials(MemoryMarshal.Read<int>(ucred), MemoryMarshal.Read<uint>(ucred[4..]))
            : throw new SocketException((int)SocketError.AccessDenied);
    }
}
