using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FluxRestful.BrowserTests.Sites;

/// <summary>A line between a browser and the server that can be cut: every connection breaks in the middle of what it carries, and new ones are let through.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _open = new();
    private readonly Task _accepting;

    internal Line(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal Uri Address => new UriBuilder(_server) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;

    internal void Cut()
    {
        foreach (var (browser, server) in _open)
        {
            browser.Close();
            server.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
            {
                carrying.Add(CarryAsync(await _listener.AcceptTcpClientAsync()));
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(carrying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var server = new TcpClient();
        using (browser)
        {
            await server.ConnectAsync(_server.Host, _server.Port);
            _open[browser] = server;
            try
            {
                await Task.WhenAny(browser.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(browser.GetStream()));
            }
            finally
            {
                _open.TryRemove(browser, out _);
            }
        }
    }
}
