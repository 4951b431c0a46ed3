using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace FluxRestful.Core.Framing;

/// <summary>
/// The body of a frame: <c>[route... delimiter] [topic] [payload] header</c>, each part a size and its bytes.
/// The 20-byte header comes last and its flags say which parts are there (RFC 3; surprises 19 to 23).
/// </summary>
public static class MessageCodec
{
    private const int HeaderLength = 20;
    private const byte Cookie = 0x8E;
    private const byte Version = 1;
    private const byte LongSize = 0xFF;
    private const int MaxParts = 64;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a message; what it holds is copied out of <paramref name="body"/>.</summary>
    /// <exception cref="ProtocolException">A part longer than the body, a wrong header, or parts that contradict the flags.</exception>
    public static FluxMessage Decode(in ReadOnlySequence<byte> body)
    {
        // The one copy: the pipe's memory ends with the read loop, the message's belongs to whoever holds it.
        var bytes = body.ToArray();
        var parts = SplitParts(bytes);
        var header = bytes.AsSpan(parts[^1]);
        CheckHeader(header);
        var flags = (MessageFlags)header[3];

        var next = 0;
        IReadOnlyList<ReadOnlyMemory<byte>> routes = [];
        if (flags.HasFlag(MessageFlags.Route))
        {
            routes = ReadRoutes(bytes, parts, ref next);
        }

        var topic = flags.HasFlag(MessageFlags.Topic) ? ReadTopic(bytes.AsSpan(Take(parts, ref next, "topic"))) : null;

        // Not "? ... : null": a null literal would become an empty memory, and "no payload" (surprise 23) would be lost.
        ReadOnlyMemory<byte>? payload = null;
        if (flags.HasFlag(MessageFlags.Payload))
        {
            payload = bytes.AsMemory(Take(parts, ref next, "payload"));
        }

        return new FluxMessage
        {
            Type = (MessageType)header[2],
            Flags = flags,
            UserId = BinaryPrimitives.ReadUInt32BigEndian(header[4..]),
            RoleMask = BinaryPrimitives.ReadUInt32BigEndian(header[8..]),
            Aux = BinaryPrimitives.ReadUInt32BigEndian(header[12..]),
            MatchTag = BinaryPrimitives.ReadUInt32BigEndian(header[16..]),
            Routes = routes,
            Topic = topic,
            Payload = payload,
        };
    }

    /// <summary>Makes the whole frame of a message, prefix included.</summary>
    /// <exception cref="ArgumentException">
    /// The body would exceed <see cref="FrameCodec.MaxBodyLength"/>, a route is empty, or the topic is not valid text.
    /// </exception>
    public static byte[] Encode(FluxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var flags = message.Flags;
        long length = PartLength(HeaderLength);
        if (flags.HasFlag(MessageFlags.Route))
        {
            length += PartLength(0);
            foreach (var route in message.Routes)
            {
                // An empty route would be read as the delimiter.
                ArgumentOutOfRangeException.ThrowIfZero(route.Length, nameof(message));
                length += PartLength(route.Length);
            }
        }

        var topicLength = flags.HasFlag(MessageFlags.Topic) ? StrictUtf8.GetByteCount(message.Topic ?? "") : 0;
        length += flags.HasFlag(MessageFlags.Topic) ? PartLength(topicLength) : 0;
        length += flags.HasFlag(MessageFlags.Payload) ? PartLength(message.Payload?.Length ?? 0) : 0;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, FrameCodec.MaxBodyLength, nameof(message));

        var frame = new byte[FrameCodec.PrefixLength + (int)length];
        FrameCodec.WritePrefix(frame, (int)length);
        var rest = frame.AsSpan(FrameCodec.PrefixLength);
        if (flags.HasFlag(MessageFlags.Route))
        {
            foreach (var route in message.Routes)
            {
                rest = WritePart(rest, route.Span);
            }

            rest = WritePart(rest, []);
        }

        if (flags.HasFlag(MessageFlags.Topic))
        {
            rest = WriteSize(rest, topicLength);
            StrictUtf8.GetBytes(message.Topic ?? "", rest);
            rest = rest[topicLength..];
        }

        if (flags.HasFlag(MessageFlags.Payload))
        {
            rest = WritePart(rest, message.Payload.GetValueOrDefault().Span);
        }

        WriteHeader(WriteSize(rest, HeaderLength), message);
        return frame;
    }

    private static List<Range> SplitParts(ReadOnlySpan<byte> bytes)
    {
        var parts = new List<Range>(5);
        var at = 0;
        while (at < bytes.Length)
        {
            long size = bytes[at++];
            if (size == LongSize)
            {
                if (bytes.Length - at < 4)
                {
                    throw new ProtocolException("A frame ends inside the size of a part.");
                }

                size = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
                at += 4;
            }

            if (size > bytes.Length - at)
            {
                throw new ProtocolException($"A part announces {size} bytes, but its frame has {bytes.Length - at} left.");
            }

            if (parts.Count == MaxParts)
            {
                throw new ProtocolException($"A message has more than {MaxParts} parts.");
            }

            parts.Add(new Range(at, at + (int)size));
            at += (int)size;
        }

        return parts.Count > 0 ? parts : throw new ProtocolException("A frame holds no part.");
    }

    private static void CheckHeader(ReadOnlySpan<byte> header)
    {
        if (header.Length != HeaderLength || header[0] != Cookie || header[1] != Version)
        {
            throw new ProtocolException("The last part of a frame is not a message header of version 1.");
        }

        if ((MessageType)header[2] is not (MessageType.Request or MessageType.Response or MessageType.Event or MessageType.Control))
        {
            throw new ProtocolException($"Message type {header[2]} is unknown.");
        }
    }

    // Everything up to the first empty part is a route, in events too (surprise 22).
    private static List<ReadOnlyMemory<byte>> ReadRoutes(byte[] bytes, List<Range> parts, ref int next)
    {
        var routes = new List<ReadOnlyMemory<byte>>();
        while (true)
        {
            var part = bytes.AsMemory(Take(parts, ref next, "route delimiter"));
            if (part.IsEmpty)
            {
                return routes;
            }

            routes.Add(part);
        }
    }

    private static Range Take(List<Range> parts, ref int next, string what) =>
        next < parts.Count - 1 ? parts[next++] : throw new ProtocolException($"The flags announce a {what} that is not there.");

    private static string ReadTopic(ReadOnlySpan<byte> part)
    {
        var end = part.IndexOf((byte)0);
        try
        {
            return StrictUtf8.GetString(end < 0 ? part : part[..end]);
        }
        catch (DecoderFallbackException e)
        {
            throw new ProtocolException("A topic is not UTF-8.", e);
        }
    }

    private static int PartLength(int size) => size < LongSize ? 1 + size : 5 + size;

    private static Span<byte> WritePart(Span<byte> destination, ReadOnlySpan<byte> part)
    {
        var rest = WriteSize(destination, part.Length);
        part.CopyTo(rest);
        return rest[part.Length..];
    }

    private static Span<byte> WriteSize(Span<byte> destination, int size)
    {
        if (size < LongSize)
        {
            destination[0] = (byte)size;
            return destination[1..];
        }

        destination[0] = LongSize;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)size);
        return destination[5..];
    }

    private static void WriteHeader(Span<byte> header, FluxMessage message)
    {
        header[0] = Cookie;
        header[1] = Version;
        header[2] = (byte)message.Type;
        header[3] = (byte)message.Flags;
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], message.UserId);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], message.RoleMask);
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], message.Aux);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], message.MatchTag);
    }
}
