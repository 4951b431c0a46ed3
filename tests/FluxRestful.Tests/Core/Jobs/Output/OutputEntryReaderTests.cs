using System.Text;
using System.Text.Json;
using CsCheck;
using FluxRestful.Core.Jobs.Output;

namespace FluxRestful.Tests.Core.Jobs.Output;

public sealed class OutputEntryReaderTests
{
    private readonly OutputEntryReader _reader = new();

    [Fact]
    public void What_tasks_write_comes_out_as_they_wrote_it() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Bool, Gen.Bool, Gen.Int[0, 99], Gen.Bool).Sample(
        (bytes, isStderr, isEof, rank, isText) =>
        {
            var context = new Dictionary<string, object> { ["stream"] = isStderr ? "stderr" : "stdout", ["rank"] = $"{rank}" };
            if (isText)
            {
                var text = Encoding.Latin1.GetString(bytes) + "\"\\\u0000\n🥞";
                context["data"] = text;
                bytes = Encoding.UTF8.GetBytes(text);
            }
            else
            {
                (context["data"], context["encoding"]) = (Convert.ToBase64String(bytes), "base64");
            }

            if (isEof)
            {
                context["eof"] = true;
            }

            var line = JsonSerializer.Serialize(new { context, name = "data", timestamp = 12.5 }) + "\n";
            var reader = new OutputEntryReader();
            reader.ReadMessage(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["event"] = line }));
            Assert.Equal(
                (OutputEntryKind.Data, 12.5, isStderr ? "stderr" : "stdout", $"{rank}", isEof, 1),
                (reader.Kind, reader.Timestamp, reader.Stream, reader.Rank, reader.IsEof, reader.Repeat));
            Assert.Equal(bytes, reader.Bytes.ToArray());
        });

    [Fact]
    public void Any_line_is_read_or_refused() =>
        Gen.OneOf(Gen.String, Gen.String["{}[]\":,\\udtimesnc0"].Select(part => $$"""{"timestamp":1,"name":"data","context":{{part}}}""")).Sample(line =>
        {
            try
            {
                Read(line);
            }
            catch (FormatException)
            {
                // As documented.
            }
        });

    [Fact]
    public void A_set_of_ranks_is_a_string_even_if_sent_as_a_number()
    {
        Read("""{"timestamp":1,"name":"data","context":{"stream":"stdout","rank":3,"data":"x"}}""");
        Assert.Equal("3", _reader.Rank);
    }

    [Fact]
    public void The_other_kinds_are_read_too()
    {
        Read("""{"timestamp":1.0,"name":"redirect","context":{"stream":"stderr","rank":"0-1","path":"/tmp/x"}}""");
        Assert.Equal((OutputEntryKind.Redirect, "stderr", "0-1", "/tmp/x"), (_reader.Kind, _reader.Stream, _reader.Rank, Text));
        Read("""{"timestamp":2,"name":"log","context":{"level":3,"message":"no such\nfile","rank":2,"file":"x.c","line":1}}""");
        Assert.Equal((OutputEntryKind.Log, 3, "2", "no such\nfile"), (_reader.Kind, _reader.Level, _reader.Rank, Text));
        Read("""{"timestamp":2,"name":"header","context":{"version":1}}""");
        Assert.Equal((OutputEntryKind.Header, ""), (_reader.Kind, Text));
        Read("""{"timestamp":2,"name":"news","context":{"data":[1]}}""");
        Assert.Equal(OutputEntryKind.Unknown, _reader.Kind);
        Read("""{"timestamp":2,"name":"data","context":{"stream":"stdout","rank":"0","data":"ab","repeat":3}}""");
        Assert.Equal((3, "ab"), (_reader.Repeat, Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"name":"data"}""")]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("""{"timestamp":"1","name":"data"}""")]
    [InlineData("""{"timestamp":1,"name":"data"} {"timestamp":1,"name":"data"}""")]
    [InlineData("""{"timestamp":1,"name":"\udc00"}""")]
    [InlineData("""{"timestamp":1,"name":"data","context":{"rank":"0","data":""}}""")]
    [InlineData("""{"timestamp":1,"name":"data","context":{"stream":"stdout","data":""}}""")]
    [InlineData("""{"timestamp":1,"name":"log","context":{"level":"x","message":"m"}}""")]
    [InlineData("""{"timestamp":1,"name":"data"}""")]
    [InlineData("""{"timestamp":1,"name":"data","context":[]}""")]
    [InlineData("""{"timestamp":1,"name":"data","context":{"stream":"stdout","rank":"0"}}""")]
    [InlineData("""{"timestamp":1,"name":"data","context":{"stream":"stdout","rank":"0","data":"?","encoding":"base64"}}""")]
    [InlineData("""{"timestamp":1,"name":"data","context":{"stream":"stdout","rank":"0","data":"a","encoding":"rot13"}}""")]
    [InlineData("""{"timestamp":1,"name":"data","context":{"stream":"stdout","rank":"0","data":"ab","repeat":2000000000}}""")]
    [InlineData("""{"timestamp":1,"name":"data","context":{"stream":"stdout","rank":"0","data":"\ud800"}}""")]
    [InlineData("""{"timestamp":1,"name":"log","context":{"message":"x"}}""")]
    public void What_is_no_entry_is_refused(string line) => Assert.Throws<FormatException>(() => Read(line));

    private string Text => Encoding.UTF8.GetString(_reader.Bytes);

    private void Read(string line) => _reader.Read(Encoding.UTF8.GetBytes(line));
}
