using System.Text;
using System.Text.Json;
using CsCheck;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Core.Jobs.Output;

namespace FluxRestful.Tests.Api.Jobs.Output.Logs;

public sealed class LineGathererTests
{
    private readonly List<OutputBlock> _blocks = [];
    private readonly LineGatherer _gatherer;
    private readonly OutputEntryReader _reader = new();

    public LineGathererTests() => _gatherer = new LineGatherer(_blocks.Add);

    [Fact]
    public void Pieces_of_a_line_are_one_line_whose_place_is_that_of_its_end()
    {
        Add("hello ");
        Add("error\n", "stderr");
        Add("wor");
        Assert.Equal(["stderr 0 error\n"], Lines());
        Assert.Equal("hello wor", Encoding.UTF8.GetString(Assert.Single(_gatherer.Unfinished()).Bytes));
        Add("ld\na\nb");
        Add(null, isEof: true);
        Assert.Equal(["stderr 0 error\n", "stdout 0 hello world\n", "stdout 0 a\n", "stdout 0 b"], Lines());
        Assert.Equal(4, _gatherer.Total);
    }

    [Fact]
    public void What_is_begun_is_shown_as_it_grows_without_half_characters_and_of_many_tasks_those_that_wrote_last()
    {
        Assert.Equal((0, ""), (_gatherer.Changes, Begun()));
        Add("10%");
        Add("\r20%");
        Assert.Equal("stdout 0 10%\r20%", Begun());
        var before = _gatherer.Changes;
        Add("done\n", "stderr");
        Assert.Equal(before, _gatherer.Changes);
        Read(new { timestamp = 2.5, name = "data", context = new { stream = "stdout", rank = "1", encoding = "base64", data = Convert.ToBase64String("a\u20ac"u8[..3]) } });
        Assert.Equal("stdout 0 10%\r20%|stdout 1 a", Begun());
        Assert.Equal("stdout 1 a", Begun(most: 1));
        Assert.Equal("stdout 0 20%|stdout 1 a", Begun(width: 5));
        Add("\n");
        Assert.Equal("stdout 1 a", Begun());
        Assert.Equal(["stderr 0 done\n", "stdout 0 10%\r20%\n"], Lines());
        _gatherer.End(3);
        Assert.Equal("", Begun());
        Assert.NotEqual(before, _gatherer.Changes);

        string Begun(int most = 9, int width = 100) =>
            string.Join('|', _gatherer.Begun(_ => true, most, width).Select(begun => $"{begun.Source.Stream} {begun.Source.Rank} {Encoding.UTF8.GetString(begun.Bytes)}"));
    }

    [Fact]
    public void The_shells_words_and_redirections_have_their_place_among_the_lines()
    {
        Read(new { timestamp = 1.5, name = "redirect", context = new { stream = "stderr", rank = "0-1", path = "/tmp/x" } });
        Add("a\n");
        Read(new { timestamp = 1.5, name = "log", context = new { level = 3, message = "no such\ndirectory\n", rank = 0 } });
        Assert.Equal(["shell  0-1: stderr redirected to /tmp/x\n", "stdout 0 a\n", "shell 0 no such\n", "shell 0 directory\n"], Lines());
        Assert.Equal([3, 3], _gatherer.Open.Lines.ToArray()[2..].Select(line => (int)line.Level));
        Assert.Equal("no such\ndirectory", Assert.Single(_gatherer.Warnings));
        Assert.Equal("/tmp/x", Assert.Single(_gatherer.Redirects).Path);
    }

    [Fact]
    public void A_repetition_is_written_out()
    {
        Read(new { timestamp = 1.5, name = "data", context = new { stream = "stdout", rank = "0", data = "x\n", repeat = 3 } });
        Assert.Equal(["stdout 0 x\n", "stdout 0 x\n", "stdout 0 x\n"], Lines());
    }

    [Fact]
    public void A_line_without_end_is_cut_where_it_becomes_absurd_and_loses_nothing()
    {
        var piece = new string('x', 4 * 1024 * 1024);
        for (var i = 0; i < 5; i++)
        {
            Add(piece);
        }

        Add("\n");
        _gatherer.End(1);
        Assert.Equal([LineGatherer.LongestLine, (4 * 1024 * 1024) + 1], _blocks.SelectMany(block => block.Lines.ToArray()).Select(line => line.Length));
    }

    [Fact]
    public void The_same_entries_make_the_same_lines_in_the_same_blocks() => Gen.Select(
        Gen.Select(Gen.Char['a', 'd'].Array[0, 3000], Gen.Bool, Gen.Int[0, 2], (text, isError, rank) => (Text: new string(text).Replace('d', '\n'), isError, rank)).Array[0, 60],
        Gen.Int[0, 60]).Sample((entries, shown) =>
    {
        var (first, second) = (new List<OutputBlock>(), new List<OutputBlock>());
        var (one, two) = (new LineGatherer(first.Add), new LineGatherer(second.Add));
        var reader = new OutputEntryReader();
        for (var i = 0; i < entries.Length; i++)
        {
            reader.Read(Data(entries[i].Text, entries[i].isError ? "stderr" : "stdout", entries[i].rank, false));
            one.Add(reader);
            two.Add(reader);
            // To show it changes nothing.
            _ = i == shown ? two.Open : null;
        }

        one.End(1);
        two.End(1);
        Assert.Equal(first.Select(Text), second.Select(Text));
        foreach (var source in (string[])["stdout", "stderr"])
        {
            for (var rank = 0; rank < 3; rank++)
            {
                var expected = string.Concat(entries.Where(entry => entry.isError == (source == "stderr") && entry.rank == rank).Select(entry => entry.Text));
                Assert.Equal(expected, string.Concat(first.SelectMany(block => block.Lines.ToArray()
                    .Where(line => one.Sources[line.Source] == new OutputSource(source, $"{rank}")).Select(line => Encoding.UTF8.GetString(block[line])))));
            }
        }
    }, iter: 200);

    private static string Text(OutputBlock block) => $"{block.First}-{block.Next}: {Encoding.UTF8.GetString(block.Bytes.Span)}";

    private string[] Lines() =>
    [
        .. _blocks.Append(_gatherer.Open).SelectMany(block => block.Lines.ToArray()
            .Select(line => $"{_gatherer.Sources[line.Source].Stream} {_gatherer.Sources[line.Source].Rank} {Encoding.UTF8.GetString(block[line])}")),
    ];

    private void Add(string? text, string stream = "stdout", bool isEof = false)
    {
        _reader.Read(Data(text, stream, 0, isEof));
        _gatherer.Add(_reader);
    }

    private static byte[] Data(string? text, string stream, int rank, bool isEof)
    {
        var context = new Dictionary<string, object> { ["stream"] = stream, ["rank"] = $"{rank}" };
        if (text is not null)
        {
            context["data"] = text;
        }

        if (isEof)
        {
            context["eof"] = true;
        }

        return JsonSerializer.SerializeToUtf8Bytes(new { timestamp = 1.5, name = "data", context });
    }

    private void Read(object entry)
    {
        _reader.Read(JsonSerializer.SerializeToUtf8Bytes(entry));
        _gatherer.Add(_reader);
    }
}
