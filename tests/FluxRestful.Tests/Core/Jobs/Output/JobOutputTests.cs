using System.Text;
using System.Text.Json;
using CsCheck;
using FluxRestful.Core.Jobs.Output;

namespace FluxRestful.Tests.Core.Jobs.Output;

public sealed class JobOutputTests
{
    [Fact]
    public void Text_and_bytes_come_out_as_they_were_written()
    {
        var written = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        Assert.Equal(
            [.. "text line\n"u8, 0xff, 0xfe, 0, 1, .. "bin\n"u8, .. written, 10, .. "again text\n"u8],
            Stream("output-binary", "stdout", "0"));
    }

    [Fact]
    public void A_character_split_between_two_pieces_is_whole_in_the_end() =>
        Assert.Equal("abc你\n", Encoding.UTF8.GetString(Stream("output-unbuffered-split", "stdout", "0")));

    [Fact]
    public void Escapes_and_zero_bytes_pass() =>
        Assert.Equal("héllo 你好 😀\n你\nnul\0 tab\t esc\u001b[31m bell\a cr\r\n", Encoding.UTF8.GetString(Stream("output-utf8", "stdout", "0")));

    [Fact]
    public void Streams_and_tasks_are_told_apart_and_each_ends_once()
    {
        var events = Events("output-stdout-stderr");
        Assert.Equal(new OutputHeader(1795377448.2524178, 2, 2), events[0]);
        foreach (var (stream, rank, text) in (ReadOnlySpan<(string, string, string)>)
            [("stdout", "0", "out\nno newline"), ("stdout", "1", "out\nno newline"), ("stderr", "0", "err\n"), ("stderr", "1", "err\n")])
        {
            Assert.Equal(text, Encoding.UTF8.GetString(Stream("output-stdout-stderr", stream, rank)));
            Assert.Single(events.OfType<OutputData>(), data => data.IsEof && data.Stream == stream && data.Rank == rank);
        }
    }

    [Fact]
    public void A_redirect_names_its_file()
    {
        var redirects = Events("output-to-file").OfType<OutputRedirect>().ToList();
        Assert.Equal(["stdout", "stderr"], redirects.Select(redirect => redirect.Stream));
        Assert.All(redirects, redirect => Assert.Equal(("0", "/run/flux-capture-ƒJJ6X4y5.out"), (redirect.Rank, redirect.Path)));
    }

    [Fact]
    public void The_shell_says_why_a_task_did_not_start()
    {
        var log = Assert.Single(Events("output-start-failure").OfType<OutputLog>());
        Assert.Equal((0, 0, "task 0 (host vm): start failed: no-such-command: No such file or directory"), (log.Level, log.Rank, log.Message));
    }

    [Fact]
    public void Many_lines_are_read_whole() => Assert.Equal(330, Stream("output-large-lines", "stdout", "0").Count(value => value == '\n'));

    [Fact]
    public void A_set_of_ranks_is_a_string_even_if_sent_as_a_number() =>
        Assert.Equal("3", Assert.IsType<OutputData>(JobOutput.Parse(Line("data", """{"stream":"stdout","rank":3,"data":"x"}"""))).Rank);

    [Fact]
    public void Unknown_kinds_are_passed_over() => Assert.Null(JobOutput.Parse(Line("weather", "{}")));

    [Theory]
    [InlineData("data", """{"stream":"stdout","rank":"0"}""")]
    [InlineData("data", """{"rank":"0","data":""}""")]
    [InlineData("data", """{"stream":"stdout","data":""}""")]
    [InlineData("data", """{"stream":"stdout","rank":"0","data":"=","encoding":"base64"}""")]
    [InlineData("data", """{"stream":"stdout","rank":"0","data":"x","encoding":"rot13"}""")]
    [InlineData("data", """{"stream":"stdout","rank":"0","data":"\ud800"}""")]
    [InlineData("redirect", """{"stream":"stdout","rank":"0"}""")]
    [InlineData("log", """{"level":"x","message":"m"}""")]
    public void What_lacks_its_parts_is_refused(string name, string context) => Assert.Throws<FormatException>(() => JobOutput.Parse(Line(name, context)));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"timestamp":"1","name":"data"}""")]
    [InlineData("""{"timestamp":1,"name":"data","context":[]}""")]
    [InlineData("""{"timestamp":1,"name":"data"} {"timestamp":1,"name":"data"}""")]
    [InlineData("""{"timestamp":1,"name":"\udc00"}""")]
    public void What_is_no_entry_is_refused(string line) => Assert.Throws<FormatException>(() => JobOutput.Parse(line));

    [Fact]
    public void Any_bytes_survive_as_base64() => Gen.Byte.Array[0, 100].Sample(bytes =>
        JobOutput.Parse(Line("data", $$"""{"stream":"stdout","rank":"0","encoding":"base64","data":"{{Convert.ToBase64String(bytes)}}"}""")) is OutputData data
        && data.Bytes.Span.SequenceEqual(bytes));

    [Fact]
    public void Any_text_survives() => Gen.Char.Where(character => !char.IsSurrogate(character)).Array.Select(characters => new string(characters)).Sample(text =>
        JobOutput.Parse(Line("data", $$"""{"stream":"stdout","rank":"0","data":{{JsonSerializer.Serialize(text)}}}""")) is OutputData data
        && Encoding.UTF8.GetString(data.Bytes.Span) == text);

    [Fact]
    public void Any_line_is_read_or_refused() =>
        Gen.OneOf(Gen.String, Gen.String["{}[]\":,\\udtimesnc0"].Select(part => $$"""{"timestamp":1,"name":"data","context":{{part}}}""")).Sample(line =>
        {
            try
            {
                JobOutput.Parse(line);
            }
            catch (FormatException)
            {
                // As documented.
            }
        });

    private static string Line(string name, string context) => $$"""{"timestamp":1.5,"name":"{{name}}","context":{{context}}}""" + "\n";

    private static List<OutputEvent> Events(string transcript) =>
    [
        .. from answer in Recorded.Answers(transcript, "job-info.eventlog-watch")
           where answer.TryGetProperty("event", out _)
           let entry = JobOutput.Parse(answer.GetProperty("event").GetString()!)
           where entry is not null
           select entry,
    ];

    private static byte[] Stream(string transcript, string stream, string rank) =>
        [.. Events(transcript).OfType<OutputData>().Where(data => data.Stream == stream && data.Rank == rank).SelectMany(data => data.Bytes.ToArray())];
}
