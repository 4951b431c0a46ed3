using System.Globalization;
using System.Security.Cryptography;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Api.Tokens.Keys;

/// <summary>
/// The server's own keys for access tokens, each with a name (<c>kid</c>). <c>access-token.key</c> signs. A key that was replaced stays as
/// <c>access-token.UNTIL.KID.key</c> until the last token that it signed has expired. The directory is looked at every two seconds, so that a
/// rotation by the verb is noticed by a running server.
/// </summary>
internal sealed partial class SigningKeys(
    DataDirectory directory, ServerOptions server, TokenOptions options, AuditLog audit, TimeProvider time, ILogger<SigningKeys> logger)
{
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private const string Name = "access-token";

    private readonly Lock _lock = new();
    private volatile KeySet? _keys;
    private long _lookedAt;

    internal SymmetricSecurityKey Current => Look().Current;

    /// <summary>The key of that name or none; never "try them all".</summary>
    internal IEnumerable<SecurityKey> Find(string? keyId) =>
        keyId is not null && Look().ById.TryGetValue(keyId, out var key) && key.Until > time.GetUtcNow() ? [key.Key] : [];

    /// <summary>From now on another key signs.</summary>
    /// <param name="atOnce">What the old ones signed ends too: somebody else may have them.</param>
    /// <exception cref="IOException">Another process is at it.</exception>
    internal void Rotate(bool atOnce)
    {
        lock (_lock)
        {
            using (PrivateFiles.OpenAlone(Path.Combine(directory.Path, Name + ".lock")))
            {
                var now = time.GetUtcNow();
                foreach (var (path, until) in OldFiles().Where(old => atOnce || old.Until <= now).ToList())
                {
                    File.Delete(path);
                }

                if (!atOnce)
                {
                    var current = directory.KeyFile(Name);
                    var until = now.AddMinutes(server.AccessTokenMinutes).ToUnixTimeSeconds() + 1;
                    PrivateFiles.CreateWhole(Path.Combine(directory.Path, $"{Name}.{until}.{IdOf(current)}.key"), current);
                }

                directory.ReplaceKeyFile(Name);
            }

            _keys = null;
        }
    }

    private KeySet Look()
    {
        if (_keys is { } known && time.GetElapsedTime(Interlocked.Read(ref _lookedAt)) < Freshness)
        {
            return known;
        }

        lock (_lock)
        {
            if (_keys is { } read && time.GetElapsedTime(Interlocked.Read(ref _lookedAt)) < Freshness)
            {
                return read;
            }

            try
            {
                RotateIfOld();
                return _keys = Read();
            }
            catch (Exception failure) when (_keys is not null && failure is IOException or UnauthorizedAccessException or SettingsException)
            {
                LookFailed(failure);
                return _keys!;
            }
            finally
            {
                Interlocked.Exchange(ref _lookedAt, time.GetTimestamp());
            }
        }
    }

    private void RotateIfOld()
    {
        var current = Path.Combine(directory.Path, Name + ".key");
        if (options.RotateKeysAfterDays == 0 || !File.Exists(current)
            || time.GetUtcNow() - File.GetLastWriteTimeUtc(current) < TimeSpan.FromDays(options.RotateKeysAfterDays))
        {
            return;
        }

        try
        {
            Rotate(atOnce: false);
            Rotated();
            audit.Post(AuditOrigin.Local, AuditAction.KeyRotate, null, AuditResult.Done, "by its age");
        }
        catch (IOException failure)
        {
            LookFailed(failure);
        }
    }

    private KeySet Read()
    {
        var now = time.GetUtcNow();
        var current = Named(directory.KeyFile(Name));
        var byId = new Dictionary<string, (SymmetricSecurityKey Key, DateTimeOffset Until)>(StringComparer.Ordinal);
        foreach (var (path, until) in OldFiles().Where(old => old.Until > now))
        {
            var key = Named(DataDirectory.ReadKey(path));
            byId[key.KeyId] = (key, until);
        }

        byId[current.KeyId] = (current, DateTimeOffset.MaxValue);
        return new KeySet(current, byId);
    }

    private IEnumerable<(string Path, DateTimeOffset Until)> OldFiles()
    {
        foreach (var path in Directory.EnumerateFiles(directory.Path, Name + ".*.*.key"))
        {
            if (long.TryParse(Path.GetFileName(path).Split('.')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var until) && until < 253_402_300_800)
            {
                yield return (path, DateTimeOffset.FromUnixTimeSeconds(until));
            }
        }
    }

    private static SymmetricSecurityKey Named(byte[] bytes) => new(bytes) { KeyId = IdOf(bytes) };

    private static string IdOf(byte[] bytes) => Convert.ToHexStringLower(HMACSHA256.HashData(bytes, "kid"u8).AsSpan(0, 8));

    private sealed record KeySet(SymmetricSecurityKey Current, IReadOnlyDictionary<string, (SymmetricSecurityKey Key, DateTimeOffset Until)> ById);

    [LoggerMessage(LogLevel.Information, "The key of access tokens was old: another one signs from now on.")]
    private partial void Rotated();

    [LoggerMessage(LogLevel.Warning, "The keys of access tokens cannot be looked at; those known go on.")]
    private partial void LookFailed(Exception failure);
}
