using System.Net.Sockets;

namespace FluxRestful.Tests.Fakes;

/// <summary>The two ends of a real connection.</summary>
internal static class SocketPair
{
    public static async Task<(Stream One, Stream Other)> CreateAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("socket-pair-");
        var endPoint = new UnixDomainSocketEndPoint(Path.Combine(directory.FullName, "s"));
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(endPoint);
        listener.Listen();
        var one = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await one.ConnectAsync(endPoint, cancellationToken);
        var other = await listener.AcceptAsync(cancellationToken);
        directory.Delete(recursive: true);
        return (new NetworkStream(one, ownsSocket: true), new NetworkStream(other, ownsSocket: true));
    }
}
