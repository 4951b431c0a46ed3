using System.Net.Sockets;
using System.Text;

namespace FluxRestful.Tests.Fakes;

/// <summary>A client that says what it likes, and when.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new();

    internal NetworkStream Stream => _client.GetStream();

    internal static async Task<RawClient> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var client = new RawClient();
        await client._client.ConnectAsync(address.Host, address.Port, cancellationToken);
        return client;
    }

    /// <summary>All that comes in answer to this, until the server closes.</summary>
    internal static async Task<string> AskAsync(Uri address, string request, CancellationToken cancellationToken)
    {
        using var client = await ConnectAsync(address, cancellationToken);
        await client.SendAsync(request, cancellationToken);
        return await client.RestAsync(cancellationToken);
    }

    internal Task SendAsync(string text, CancellationToken cancellationToken) =>
        Stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken).AsTask();

    /// <summary>All that still comes; a connection that is reset has ended too.</summary>
    internal async Task<string> RestAsync(CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await Stream.ReadAsync(buffer, cancellationToken) is var count && count > 0)
            {
                all.Write(buffer, 0, count);
            }
        }
        catch (IOException)
        {
            // Cut off.
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }

    public void Dispose() => _client.Dispose();
}
