using System.Text;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Core.Jobs.Output;
using Microsoft.Extensions.Options;

namespace FluxRestful.Tests.Api.Jobs.Output;

public sealed class OutputLinesTests
{
    [Fact]
    public void Each_line_is_one_entry_with_its_newline() =>
        Assert.Equal(["hello\n", "world\n"], Read(Data("hello\n"), Data("world\n"), Eof()));

    [Fact]
    public void A_last_piece_without_newline_is_an_entry() =>
        Assert.Equal(["hello\n", "wor"], Read(Data("hello\n"), Data("wor"), Eof()));

    [Fact]
    public void Pieces_of_a_line_are_joined_whatever_comes_between() =>
        Assert.Equal(["error\n", "hello world\n"], Read(Data("hello "), Data("error\n", "stderr"), Data("world\n")));

    [Fact]
    public void A_piece_with_several_lines_is_several_entries() =>
        Assert.Equal(["a\n", "b\n", "c"], Read(Data("a\nb\nc"), Eof()));

    [Fact]
    public void Tasks_are_not_mixed() =>
        Assert.Equal(["a1\n", "b2\n"], Read(Data("a", rank: "0"), Data("b", rank: "1"), Data("1\n", rank: "0"), Data("2\n", rank: "1")));

    [Fact]
    public void A_character_that_comes_in_two_pieces_is_one_character()
    {
        var bytes = Encoding.UTF8.GetBytes("🥞\n");

        Assert.Equal(["🥞\n"], Read(Data(bytes[..2]), Data(bytes[2..])));
    }

    [Fact]
    public void What_is_no_text_is_replaced() =>
        Assert.Equal(["a\uFFFDb\n"], Read(Data([(byte)'a', 0xFF, (byte)'b', (byte)'\n'])));

    [Fact]
    public void Half_a_character_at_the_end_is_replaced() =>
        Assert.Equal(["a\uFFFD"], Read(Data([(byte)'a', 0xF0]), Eof()));

    [Fact]
    public void Output_in_a_file_says_so() =>
        Assert.Equal(["0-1: stdout redirected to /tmp/out\n"], Read(new OutputRedirect(0, "stdout", "0-1", "/tmp/out")));

    [Fact]
    public void The_shells_errors_are_shown_and_its_debugging_is_not() =>
        Assert.Equal(["flux-shell: no such directory\n"], Read(new OutputLog(0, 3, "no such directory\n", null, null), new OutputLog(0, 7, "detail", null, null)));

    [Fact]
    public void Beyond_the_limit_the_rest_is_left_out_and_this_is_told()
    {
        var lines = new OutputLines(60, Share());

        Assert.True(lines.Add(Data("12345\n")));
        Assert.False(lines.Add(Data("67890\n")));
        Assert.Equal(["12345\n", "[the output takes more than 60 bytes, or comes too fast; the rest is left out here, the stream has it]\n"], lines.Finish());
    }

    [Fact]
    public void A_line_that_comes_in_many_pieces_is_one_line()
    {
        var pieces = Enumerable.Repeat("ab", 1000).Append("\n").Select(text => (OutputEvent)Data(text)).ToArray();

        Assert.Equal([string.Concat(Enumerable.Repeat("ab", 1000)) + "\n"], Read(pieces));
    }

    [Fact]
    public void Empty_lines_are_not_free()
    {
        var lines = new OutputLines(1000, Share());

        Assert.False(lines.Add(Data(new string('\n', 30))));
        Assert.Single(lines.Finish());
    }

    private static OutputShare Share() => new OutputBudget(Options.Create(new JobOptions())).Begin(1);

    private static IReadOnlyList<string> Read(params OutputEvent[] entries)
    {
        var lines = new OutputLines(10_000, Share());
        Assert.All(entries, entry => Assert.True(lines.Add(entry)));
        return lines.Finish();
    }

    private static OutputData Data(string text, string stream = "stdout", string rank = "0") => new(0, stream, rank, Encoding.UTF8.GetBytes(text), false);

    private static OutputData Data(byte[] bytes) => new(0, "stdout", "0", bytes, false);

    private static OutputData Eof() => new(0, "stdout", "0", ReadOnlyMemory<byte>.Empty, true);
}
