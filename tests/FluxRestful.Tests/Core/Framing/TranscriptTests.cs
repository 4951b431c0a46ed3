using System.Buffers;
using System.Text.Json;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Core.Framing;

public sealed class TranscriptTests
{
    // Frames that were made odd on purpose, or by another client, and that we write differently: item by item.
    private static readonly Dictionary<string, int> Odd = new()
    {
        ["tolerated"] = 2, // a topic with NUL; a short part in the long form
    };

    public static TheoryData<string> Names() => [.. Transcript.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recorded_frame_decodes_and_encodes_to_the_same_bytes(string name)
    {
        var odd = 0;
        foreach (var item in Transcript.Load(name).Items.Where(item => item.IsFrame))
        {
            var message = Decode(item.Bytes);
            var again = MessageCodec.Encode(message);
            if (again.AsSpan().SequenceEqual(item.Bytes))
            {
                continue;
            }

            odd++;
            Assert.True(name.StartsWith("multi-user", StringComparison.Ordinal) || Odd.ContainsKey(name), Convert.ToHexStringLower(item.Bytes));
            Assert.Equal(again, MessageCodec.Encode(Decode(again)));
        }

        // Of the multi-user recordings the requests came from a client that ends topics in NUL (surprise 21).
        var expected = name.StartsWith("multi-user", StringComparison.Ordinal)
            ? Transcript.Load(name).Items.Count(item => item.Type == "request" && TopicEndsInNul(item.Bytes))
            : Odd.GetValueOrDefault(name);
        Assert.Equal(expected, odd);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recorded_frame_says_what_was_written_beside_it(string name)
    {
        foreach (var item in Transcript.Load(name).Items.Where(item => item.IsFrame && item.Decoded.TryGetProperty("topic", out _)))
        {
            var message = Decode(item.Bytes);
            Assert.Equal(item.Decoded.GetProperty("topic").GetString(), message.Topic);
            Assert.Equal(item.Decoded.GetProperty("userid").GetUInt32(), message.UserId);
            Assert.Equal(item.Decoded.GetProperty("rolemask").GetUInt32(), message.RoleMask);
            Assert.Equal(
                item.Decoded.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()).Order(),
                message.Flags.ToString().ToLowerInvariant().Split(", ").Order());
            if (message.Type == MessageType.Response)
            {
                Assert.Equal(item.Decoded.GetProperty("errnum").GetInt32(), message.Errnum);
            }

            if (item.Decoded.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object)
            {
                Assert.True(Same(payload, RpcPayload.Json(message)), payload.GetRawText());
            }

            // A message without payload is not one with an empty payload (surprise 23).
            Assert.Equal(message.Flags.HasFlag(MessageFlags.Payload), message.Payload is not null);
        }
    }

    [Fact]
    public void Every_malformed_frame_is_refused()
    {
        var frames = Transcript.Load("closed-on").Items.Where(item => item.Type == "malformed").ToList();
        Assert.Equal(8, frames.Count);
        Assert.All(frames, item => Assert.Throws<ProtocolException>(() => Decode(item.Bytes)));
    }

    // Equal, but for the number of digits in which a time is written.
    private static bool Same(JsonElement one, JsonElement other) => (one.ValueKind, other.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => one.GetRawText() == other.GetRawText() || one.GetDouble().Equals(other.GetDouble()),
        (JsonValueKind.Array, JsonValueKind.Array) => one.GetArrayLength() == other.GetArrayLength() &&
            one.EnumerateArray().Zip(other.EnumerateArray(), Same).All(same => same),
        (JsonValueKind.Object, JsonValueKind.Object) => one.GetPropertyCount() == other.GetPropertyCount() &&
            one.EnumerateObject().All(member => other.TryGetProperty(member.Name, out var value) && Same(member.Value, value)),
        _ => JsonElement.DeepEquals(one, other),
    };

    private static FluxMessage Decode(byte[] frame)
    {
        var buffer = new ReadOnlySequence<byte>(frame);
        Assert.True(FrameCodec.TryRead(ref buffer, out var body));
        Assert.True(buffer.IsEmpty);
        return MessageCodec.Decode(body);
    }

    private static bool TopicEndsInNul(byte[] frame) => frame[9] != 0xFF && frame[9] > 0 && frame[9 + frame[9]] == 0;
}
