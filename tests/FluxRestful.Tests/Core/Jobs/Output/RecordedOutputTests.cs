using System.Text;
using FluxRestful.Core.Jobs.Output;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Core.Jobs.Output;

/// <summary>Outputs as a real Flux told them.</summary>
public sealed class RecordedOutputTests
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
        var entries = Entries("output-stdout-stderr");
        Assert.Equal(OutputEntryKind.Header, entries[0].Kind);
        foreach (var (stream, rank, text) in (ReadOnlySpan<(string, string, string)>)
            [("stdout", "0", "out\nno newline"), ("stdout", "1", "out\nno newline"), ("stderr", "0", "err\n"), ("stderr", "1", "err\n")])
        {
            Assert.Equal(text, Encoding.UTF8.GetString(Stream("output-stdout-stderr", stream, rank)));
            Assert.Single(entries, entry => entry.IsEof && entry.Stream == stream && entry.Rank == rank);
        }
    }

    [Fact]
    public void A_redirect_names_its_file()
    {
        var redirects = Entries("output-to-file").Where(entry => entry.Kind == OutputEntryKind.Redirect).ToList();
        Assert.Equal(["stdout", "stderr"], redirects.Select(redirect => redirect.Stream));
        Assert.All(redirects, redirect => Assert.Equal(("0", "/run/flux-capture-ƒJJ6X4y5.out"), (redirect.Rank, redirect.Text)));
    }

    [Fact]
    public void The_shell_says_why_a_task_did_not_start()
    {
        var log = Assert.Single(Entries("output-start-failure"), entry => entry.Kind == OutputEntryKind.Log);
        Assert.Equal((0, "0", "task 0 (host vm): start failed: no-such-command: No such file or directory"), (log.Level, log.Rank, log.Text));
    }

    [Fact]
    public void Many_lines_are_read_whole() => Assert.Equal(330, Stream("output-large-lines", "stdout", "0").Count(value => value == '\n'));

    private static List<OutputEntry> Entries(string transcript) =>
    [
        .. from answer in Recorded.Answers(transcript, "job-info.eventlog-watch")
           where answer.TryGetProperty("event", out _)
           select OutputEntry.Read(answer.GetProperty("event").GetString()!),
    ];

    private static byte[] Stream(string transcript, string stream, string rank) => OutputEntry.BytesOf(Entries(transcript), stream, rank);
}
