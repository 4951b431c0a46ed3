using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FluxRestful.Api.Settings;

namespace FluxRestful.Api.Network;

/// <summary>The certificate that the server shows, read anew when its file has changed: a renewal needs no restart.</summary>
internal sealed partial class ServerCertificate
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string _certificateFile;
    private readonly string? _keyFile;
    private readonly TimeProvider _time;
    private readonly ILogger<ServerCertificate> _logger;
    private readonly Lock _lock = new();
    private SslServerAuthenticationOptions _current;
    private DateTime _writtenAt;
    private long _lookedAt;

    /// <exception cref="SettingsException">The files hold no certificate, or not its key.</exception>
    internal ServerCertificate(string certificateFile, string? keyFile, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        (_certificateFile, _keyFile, _time, _logger) = (certificateFile, keyFile, time, logger);
        try
        {
            (_writtenAt, _current, _lookedAt) = (WrittenAt(), Read(), time.GetTimestamp());
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException($"Network:CertificateFile: {certificateFile} and its key cannot be used: {failure.Message}");
        }
    }

    internal SslServerAuthenticationOptions Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_lookedAt) >= Interval)
                {
                    _lookedAt = _time.GetTimestamp();
                    Reload();
                }

                return _current;
            }
        }
    }

    // Half-written files are possible: then the old one stays until the next look.
    private void Reload()
    {
        try
        {
            var writtenAt = WrittenAt();
            if (writtenAt != _writtenAt)
            {
                (_current, _writtenAt) = (Read(), writtenAt);
                Renewed(_certificateFile);
            }
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            NotRenewed(_certificateFile, failure);
        }
    }

    private DateTime WrittenAt()
    {
        var certificate = File.GetLastWriteTimeUtc(_certificateFile);
        return _keyFile is not null && File.GetLastWriteTimeUtc(_keyFile) is var key && key > certificate ? key : certificate;
    }

    private SslServerAuthenticationOptions Read()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_certificateFile, _keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificateFile);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
#pragma warning disable CA5398 // No older ones, whatever the machine's own settings allow.
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        };
    }

    [LoggerMessage(LogLevel.Information, "The certificate {File} was read anew")]
    private partial void Renewed(string file);

    [LoggerMessage(LogLevel.Error, "The certificate {File} has changed and cannot be read; the old one stays")]
    private partial void NotRenewed(string file, Exception failure);
}
