using System.Buffers;
using System.Buffers.Binary;

namespace FluxRestful.Core.Framing;

/// <summary>
/// The outermost layer of the local socket: <c>magic[4] length[4] body[length]</c>.
/// The magic is 12 00 EE FF on the wire and the length counts the body alone, whatever RFC 3 draws (surprises 19, 20).
/// </summary>
public static class FrameCodec
{
    /// <summary>The largest body that is sent or accepted: 64 MiB.</summary>
    public const int MaxBodyLength = 64 * 1024 * 1024;

    /// <summary>Bytes before the body.</summary>
    public const int PrefixLength = 8;

    private const uint Magic = 0x1200EEFF;

    /// <summary>Takes one frame off the front of <paramref name="buffer"/>.</summary>
    /// <returns>False if bytes are missing; <paramref name="buffer"/> is then as it was.</returns>
    /// <exception cref="ProtocolException">Wrong magic, or a length of 0 or above <paramref name="maxBodyLength"/>: told before the body arrives.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> body, int maxBodyLength = MaxBodyLength)
    {
        body = default;
        Span<byte> prefix = stackalloc byte[PrefixLength];
        var available = (int)Math.Min(buffer.Length, PrefixLength);
        buffer.Slice(0, available).CopyTo(prefix);
        if (available >= 4 && BinaryPrimitives.ReadUInt32BigEndian(prefix) is var magic && magic != Magic)
        {
            throw new ProtocolException($"A frame starts with {magic:x8} instead of {Magic:x8}.");
        }

        if (available < PrefixLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[4..]);
        if (length == 0 || length > (uint)maxBodyLength)
        {
            throw new ProtocolException($"A frame announces {length} bytes; 1 to {maxBodyLength} are accepted.");
        }

        if (buffer.Length - PrefixLength < length)
        {
            return false;
        }

        body = buffer.Slice(PrefixLength, length);
        buffer = buffer.Slice(PrefixLength + (long)length);
        return true;
    }

    /// <summary>Writes the eight bytes that announce a body.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A length of 0 or above 64 MiB. Length 0 aborts a real broker and FFFFFFFF crashes it (surprise 1), so such a frame never leaves.
    /// </exception>
    public static void WritePrefix(Span<byte> destination, int bodyLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bodyLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bodyLength, MaxBodyLength);
        BinaryPrimitives.WriteUInt32BigEndian(destination, Magic);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], (uint)bodyLength);
    }
}
