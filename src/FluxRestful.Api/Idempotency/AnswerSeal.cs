using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Idempotency;

/// <summary>
/// Answers as they lie in the database: packed, and closed with a key that is not in it, because an answer may hold what is shown once (a new token).
/// </summary>
internal sealed class AnswerSeal(byte[] key)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public AnswerSeal(DataDirectory directory)
        : this(directory.KeyFile("idempotency"))
    {
    }

    internal byte[] Close(KeyScope scope, ReadOnlySpan<byte> body)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            packing.Write(body);
        }

        var closed = new byte[NonceLength + TagLength + packed.Length];
        var nonce = closed.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.AsSpan(0, 32), TagLength);
        cipher.Encrypt(
            nonce, packed.GetBuffer().AsSpan(0, (int)packed.Length), closed.AsSpan(NonceLength + TagLength), closed.AsSpan(NonceLength, TagLength), Bound(scope));
        return closed;
    }

    /// <summary>False: the key is another one than it was, or the bytes are not ours.</summary>
    internal bool TryOpen(KeyScope scope, ReadOnlySpan<byte> closed, out byte[] body)
    {
        body = [];
        if (closed.Length < NonceLength + TagLength)
        {
            return false;
        }

        var packed = new byte[closed.Length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(key.AsSpan(0, 32), TagLength);
            cipher.Decrypt(closed[..NonceLength], closed[(NonceLength + TagLength)..], closed.Slice(NonceLength, TagLength), packed, Bound(scope));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        using var unpacked = new MemoryStream();
        using var unpacking = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        unpacking.CopyTo(unpacked);
        body = unpacked.ToArray();
        return true;
    }

    private static byte[] Bound(KeyScope scope) => Encoding.UTF8.GetBytes($"{scope.TenantId}\n{scope.Route}\n{scope.Key}");
}
