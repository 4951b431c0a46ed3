using System.Net;
using System.Net.Sockets;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Hosting.Http;

/// <summary>HTTP/2 without TLS: on a port of its own, if one is asked for, and nowhere else.</summary>
public sealed class Http2Tests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_spoken_on_its_own_port_with_prior_knowledge_and_refused_on_the_other()
    {
        var port = FreePort();
        await using var server = ServerProcess.Start(("Http__Http2Port", $"{port}"));
        await server.ReadyAsync(Token);
        using var http = new HttpClient();

        using var second = await http.SendAsync(Ask(new UriBuilder(server.Address) { Port = port }.Uri, HttpVersion.Version20), Token);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (second.StatusCode, second.Version));
        using var first = await http.SendAsync(Ask(server.Address, HttpVersion.Version11), Token);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), (first.StatusCode, first.Version));

        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(Ask(server.Address, HttpVersion.Version20), Token));
        using var old = await http.SendAsync(Ask(new UriBuilder(server.Address) { Port = port }.Uri, HttpVersion.Version11), Token);
        Assert.Equal(HttpStatusCode.BadRequest, old.StatusCode);
    }

    [Fact]
    public async Task An_upgrade_to_it_is_not_taken()
    {
        await using var server = ServerProcess.Start();
        await server.ReadyAsync(Token);
        var answer = await RawClient.AskAsync(
            server.Address,
            "GET /health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
            Token);
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Ask(Uri server, Version version) =>
        new(HttpMethod.Get, new Uri(server, "/health")) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
