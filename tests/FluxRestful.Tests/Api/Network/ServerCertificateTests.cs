using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FluxRestful.Api.Admin;
using FluxRestful.Api.Network;
using FluxRestful.Api.Settings;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Network;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("flux-restful-test-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string CertificateFile => Path.Combine(_root.FullName, "server.crt");

    private string KeyFile => Path.Combine(_root.FullName, "server.key");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task With_a_certificate_the_server_speaks_TLS_and_nothing_older_than_1_2()
    {
        var thumbprint = Write("one");
        await using var server = ServerProcess.Start(("Network__CertificateFile", CertificateFile), ("Network__CertificateKeyFile", KeyFile));
        await server.ReadyAsync(Token);
        Assert.Equal("https", server.Address.Scheme);
        string? seen = null;
        using var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => (seen = ((X509Certificate2)shown!).Thumbprint) is not null },
        };
        using var http = new HttpClient(handler) { BaseAddress = server.Address };
        var answer = await http.GetAsync("/health", Token);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(thumbprint, seen);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));

        var settings = new Dictionary<string, string?> { ["PORT"] = $"{server.Address.Port}", ["Network:CertificateFile"] = CertificateFile };
        using var output = new StringWriter();
        var verbs = new AdminVerbs(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), TextReader.Null, output, TextWriter.Null);
        Assert.Equal(AdminVerbs.Done, await verbs.RunAsync(CommandLine.Parse(["health"]), Token));
        Assert.Equal("ok", output.ToString().Trim());

        using var plain = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new UriBuilder(server.Address) { Scheme = "http" }.Uri, Token));
        Assert.DoesNotContain("HTTP/", Encoding.Latin1.GetString(await AskAsync(server.Address, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray())), StringComparison.Ordinal);

        // The first byte of an answer: 22, it shakes hands; 21, an alert, which ends the connection.
        Assert.Equal(22, (await AskAsync(server.Address, TlsHello.Of(3)))[0]);
        foreach (var old in (byte[])[0, 1, 2])
        {
            Assert.Equal(21, (await AskAsync(server.Address, TlsHello.Of(old)))[0]);
        }
    }

    [Fact]
    public void A_renewed_certificate_is_shown_without_a_restart_and_a_broken_one_is_not()
    {
        var time = new FakeTimeProvider();
        Write("one");
        var certificate = new ServerCertificate(CertificateFile, KeyFile, time, NullLogger<ServerCertificate>.Instance);
        Assert.Equal("CN=one", SubjectOf(certificate.Current));
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, certificate.Current.EnabledSslProtocols);

        Write("two");
        File.SetLastWriteTimeUtc(CertificateFile, File.GetLastWriteTimeUtc(CertificateFile).AddSeconds(5));
        Assert.Equal("CN=one", SubjectOf(certificate.Current));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("CN=two", SubjectOf(certificate.Current));

        File.WriteAllText(CertificateFile, "half");
        File.SetLastWriteTimeUtc(CertificateFile, File.GetLastWriteTimeUtc(CertificateFile).AddSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("CN=two", SubjectOf(certificate.Current));
    }

    [Fact]
    public void A_key_of_another_certificate_stops_the_start()
    {
        Write("one");
        var key = File.ReadAllText(KeyFile);
        Write("two");
        File.WriteAllText(KeyFile, key);
        Assert.Throws<SettingsException>(() => new ServerCertificate(CertificateFile, KeyFile, TimeProvider.System, NullLogger<ServerCertificate>.Instance));
    }

    // All that comes until the server closes, or, when it shakes hands, waits.
    private static async Task<byte[]> AskAsync(Uri server, byte[] sent)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, Token);
        await client.GetStream().WriteAsync(sent, Token);
        var seen = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, Token) is var count and > 0)
            {
                seen.Write(buffer.AsSpan(0, count));
                if (seen.GetBuffer()[0] == 22)
                {
                    break;
                }
            }
        }
        catch (IOException) when (seen.Length > 0 || !Token.IsCancellationRequested)
        {
            // It was reset.
        }

        return seen.ToArray();
    }

    private static string SubjectOf(SslServerAuthenticationOptions options) => options.ServerCertificateContext!.TargetCertificate.Subject;

    private string Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        return certificate.Thumbprint;
    }
}
