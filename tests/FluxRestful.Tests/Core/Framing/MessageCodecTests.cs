using System.Buffers;
using System.Text;
using CsCheck;
using FluxRestful.Core.Framing;

namespace FluxRestful.Tests.Core.Framing;

public sealed class MessageCodecTests
{
    // Sizes around 254 and 255, where a part's size changes its form.
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(Gen.Byte.Array[0, 40], Gen.Byte.Array[250, 260]);

    private static readonly Gen<FluxMessage> Messages =
        from type in Gen.Int[0, 3].Select(bit => (MessageType)(1 << bit))
        from flags in Gen.Byte
        from words in Gen.UInt.Array[4]
        from routes in Gen.Byte.Array[1, 40].Array[0, 4]
        from topic in Gen.String[Gen.Char.AlphaNumeric, 0, 300]
        from payload in Bytes
        let has = (MessageFlags)flags
        select new FluxMessage
        {
            Type = type,
            Flags = has,
            UserId = words[0],
            RoleMask = words[1],
            Aux = words[2],
            MatchTag = words[3],
            Routes = has.HasFlag(MessageFlags.Route) ? [.. routes.Select(route => (ReadOnlyMemory<byte>)route)] : [],
            Topic = has.HasFlag(MessageFlags.Topic) ? topic : null,
            Payload = has.HasFlag(MessageFlags.Payload) ? payload : default(ReadOnlyMemory<byte>?),
        };

    [Fact]
    public void Any_message_survives_the_round_trip() => Messages.Sample(message =>
    {
        var again = Decode(MessageCodec.Encode(message));
        Assert.Equal((message.Type, message.Flags, message.UserId, message.RoleMask), (again.Type, again.Flags, again.UserId, again.RoleMask));
        Assert.Equal((message.Aux, message.MatchTag, message.Topic), (again.Aux, again.MatchTag, again.Topic));
        Assert.Equal(message.Routes.Select(route => route.ToArray()), again.Routes.Select(route => route.ToArray()));
        Assert.Equal(message.Payload?.ToArray(), again.Payload?.ToArray());
    });

    [Fact]
    public void Garbage_is_refused_with_a_protocol_exception_and_nothing_else() => Gen.Byte.Array[1, 200].Sample(garbage =>
    {
        try
        {
            MessageCodec.Decode(new ReadOnlySequence<byte>(garbage));
        }
        catch (ProtocolException)
        {
        }
    });

    [Fact]
    public void A_damaged_message_is_refused_with_a_protocol_exception_or_read_as_another() =>
        Gen.Select(Messages, Gen.Int[0, int.MaxValue], Gen.Byte).Sample((message, where, value) =>
        {
            var frame = MessageCodec.Encode(message);
            frame[FrameCodec.PrefixLength + (where % (frame.Length - FrameCodec.PrefixLength))] = value;
            try
            {
                Decode(frame);
            }
            catch (ProtocolException)
            {
            }
        });

    [Fact]
    public void The_first_request_of_the_protocol_notes_is_made_byte_for_byte()
    {
        var message = new FluxMessage
        {
            Type = MessageType.Request,
            Flags = MessageFlags.Topic | MessageFlags.Payload | MessageFlags.Route,
            MatchTag = 1,
            Topic = "attr.get",
            Payload = """{"name":"version"}"""u8.ToArray().Append((byte)0).ToArray(),
        };
        Assert.Equal(
            "1200eeff000000330008617474722e676574137b226e616d65223a2276657273696f6e227d00148e01010bffffffff00000000ffffffff00000001",
            Convert.ToHexStringLower(MessageCodec.Encode(message)));
    }

    [Fact]
    public void A_topic_that_ends_in_nul_is_read_without_it() => Assert.Equal("attr.get", Decode(Frame("09" + Hex("attr.get\0") + Header("01"))).Topic);

    [Fact]
    public void A_short_part_in_the_long_form_is_read() => Assert.Equal("ab", Decode(Frame("ff00000002" + Hex("ab") + Header("01"))).Topic);

    [Fact]
    public void A_payload_part_without_its_flag_is_ignored() => Assert.Null(Decode(Frame("02" + Hex("ab") + "01ff" + Header("01"))).Payload);

    [Fact]
    public void A_message_of_too_many_parts_is_refused() =>
        Assert.Throws<ProtocolException>(() => Decode(Frame(string.Concat(Enumerable.Repeat("0161", 1000)) + "00" + Header("08"))));

    [Fact]
    public void A_topic_that_is_not_utf8_is_refused() => Assert.Throws<ProtocolException>(() => Decode(Frame("02c328" + Header("01"))));

    [Fact]
    public void An_empty_route_is_not_written_because_it_would_be_the_delimiter() => Assert.ThrowsAny<ArgumentException>(() =>
        MessageCodec.Encode(new FluxMessage { Type = MessageType.Request, Flags = MessageFlags.Route, Routes = [ReadOnlyMemory<byte>.Empty] }));

    [Fact]
    public void A_message_above_64_MiB_is_not_written() => Assert.ThrowsAny<ArgumentException>(() => MessageCodec.Encode(
        new FluxMessage { Type = MessageType.Request, Flags = MessageFlags.Payload, Payload = new byte[FrameCodec.MaxBodyLength - 20] }));

    private static FluxMessage Decode(byte[] frame) => MessageCodec.Decode(new ReadOnlySequence<byte>(frame.AsMemory(FrameCodec.PrefixLength)));

    private static byte[] Frame(string body) => Convert.FromHexString("0000000000000000" + body);

    private static string Header(string flags) => $"148e0101{flags}ffffffff00000000ffffffff00000001";

    private static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
}
