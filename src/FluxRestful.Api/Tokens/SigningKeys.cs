using System.Security.Cryptography;
using FluxRestful.Api.Storage;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Api.Tokens;

/// <summary>
/// The server's own keys for access tokens, each with a name (<c>kid</c>). New tokens are signed with <see cref="Current"/>; an
/// <c>access-token.previous.key</c> beside it stays good for the tokens that it signed.
/// </summary>
internal sealed class SigningKeys
{
    private readonly Dictionary<string, SymmetricSecurityKey> _byId = new(StringComparer.Ordinal);

    public SigningKeys(DataDirectory directory)
    {
        Current = Add(directory.KeyFile("access-token"));
        if (File.Exists(Path.Combine(directory.Path, "access-token.previous.key")))
        {
            Add(directory.KeyFile("access-token.previous"));
        }
    }

    internal SymmetricSecurityKey Current { get; }

    /// <summary>The key of that name or none; never "try them all".</summary>
    internal IEnumerable<SecurityKey> Find(string? keyId) => keyId is not null && _byId.TryGetValue(keyId, out var key) ? [key] : [];

    private SymmetricSecurityKey Add(byte[] bytes)
    {
        var id = Convert.ToHexStringLower(HMACSHA256.HashData(bytes, "kid"u8).AsSpan(0, 8));
        return _byId[id] = new SymmetricSecurityKey(bytes) { KeyId = id };
    }
}
