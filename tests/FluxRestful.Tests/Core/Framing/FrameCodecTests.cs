using System.Buffers;
using System.Buffers.Binary;
using CsCheck;
using FluxRestful.Core.Framing;

namespace FluxRestful.Tests.Core.Framing;

public sealed class FrameCodecTests
{
    [Theory]
    [InlineData("ffee001200000001", "big-endian, as RFC 3 draws it (surprise 19)")]
    [InlineData("474554202f204854", "an HTTP request")]
    [InlineData("1200ee00", "four bytes are enough to know")]
    public void A_wrong_magic_is_refused(string hex, string _) => Assert.Throws<ProtocolException>(() => TryRead(Convert.FromHexString(hex)));

    [Theory]
    [InlineData(0u)]
    [InlineData(FrameCodec.MaxBodyLength + 1u)]
    [InlineData(0xFFFFFFF8u)]
    [InlineData(0xFFFFFFFFu)]
    public void An_absurd_length_is_refused_before_the_body_arrives(uint length)
    {
        var prefix = Convert.FromHexString("1200eeff00000000");
        BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(4), length);
        Assert.Throws<ProtocolException>(() => TryRead(prefix));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(FrameCodec.MaxBodyLength + 1)]
    public void A_length_that_would_kill_a_broker_is_never_written(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameCodec.WritePrefix(new byte[8], length));

    [Fact]
    public void The_length_counts_the_body_alone()
    {
        var prefix = new byte[8];
        FrameCodec.WritePrefix(prefix, 0x33);
        Assert.Equal("1200eeff00000033", Convert.ToHexStringLower(prefix));
    }

    [Fact]
    public void A_frame_that_is_not_all_there_is_left_where_it_is() => Gen.Byte.Array[1, 300].Sample(body =>
    {
        var frame = new byte[8 + body.Length];
        FrameCodec.WritePrefix(frame, body.Length);
        body.CopyTo(frame, 8);
        for (var length = 0; length < frame.Length; length++)
        {
            var part = new ReadOnlySequence<byte>(frame, 0, length);
            Assert.False(FrameCodec.TryRead(ref part, out _));
            Assert.Equal(length, part.Length);
        }

        var whole = new ReadOnlySequence<byte>([.. frame, 0x12]);
        Assert.True(FrameCodec.TryRead(ref whole, out var read));
        Assert.Equal(body, read.ToArray());
        Assert.Equal(1, whole.Length);
    }, iter: 50);

    private static bool TryRead(byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        return FrameCodec.TryRead(ref buffer, out _);
    }
}
