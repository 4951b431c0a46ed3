using CsCheck;
using FluxRestful.Api.Pages.Ansi;

namespace FluxRestful.Tests.Api.Pages.Ansi;

public sealed class AnsiTextTests
{
    [Fact]
    public void Of_a_line_that_changes_its_colour_with_each_letter_no_letter_is_lost_and_the_colours_end()
    {
        var line = string.Concat(Enumerable.Range(0, 3000).Select(i => $"\u001b[3{i % 8}m{(char)('a' + (i % 26))}"));
        var spans = new AnsiText().Read(line);
        Assert.Equal((501, ""), (spans.Count, spans[^1].Classes));
        Assert.Equal(string.Concat(Enumerable.Range(0, 3000).Select(i => (char)('a' + (i % 26)))), string.Concat(spans.Select(span => span.Text)));
    }

    [Fact]
    public void What_a_line_that_is_not_over_changes_is_forgotten()
    {
        var text = new AnsiText();
        text.Read("\u001b[31mred");
        Assert.Equal([new AnsiSpan("50%", "fg-2", null)], text.Peek("\u001b[32m10%\r50%"));
        Assert.Equal([new AnsiSpan("still", "fg-1", null)], text.Read("still"));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("\u001b[31mred\u001b[0m not", "[fg-1:red] not")]
    [InlineData("\u001b[1;4;38;5;208mx", "[fg-208 a-b a-u:x]")]
    [InlineData("\u001b[38;2;255;135;0mx", "[fg-208:x]")]
    [InlineData("\u001b[48;2;8;8;8mx", "[bg-232:x]")]
    [InlineData("\u001b[97;101mx\u001b[39my", "[fg-15 bg-9:x][bg-9:y]")]
    [InlineData("\u001b[38;5mx", "x")]
    [InlineData("\u001b[m\u001b[;mx", "x")]
    [InlineData("10%\r100%", "100%")]
    [InlineData("100%\r20%", "20%%")]
    [InlineData("100%\r\u001b[K20%", "20%")]
    [InlineData("abc\u001b[2D\u001b[1Kx", "axc")]
    [InlineData("abc\b\bX", "aXc")]
    [InlineData("a\u001b[3Cb", "a   b")]
    [InlineData("\u001b]0;a title\ax", "x")]
    [InlineData("\u001b]52;c;aGk=\u001b\\x", "x")]
    [InlineData("\u001b[2J\u001b[H\u001b[?25lx", "x")]
    [InlineData("\u001bP1$r\u001b\\x", "x")]
    [InlineData("\u001b]8;;https://example.org/a\u001b\\text\u001b]8;;\u001b\\ on", "[=https://example.org/a:text] on")]
    [InlineData("\u001b]8;;javascript:alert(1)\atext", "text")]
    [InlineData("\u001b]8;;https://user:pw@example.org/\atext", "text")]
    [InlineData("a\u0000b\u0007c\u007f", "a␀b␇c␡")]
    [InlineData("x\u202ey\u200bz\u009b", "x⟨U+202E⟩y⟨U+200B⟩z⟨U+009B⟩")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("<b>&amp;", "<b>&amp;")]
    [InlineData("😀\rx", "x")]
    [InlineData("\u001b", "")]
    [InlineData("\u001b[", "")]
    [InlineData("\u001b[99999999999999m\u001b[99999999999Gx\r", null)]
    public void A_line_reads_as_a_terminal_shows_it(string line, string? shown)
    {
        var spans = new AnsiText().Read(line);
        if (shown is not null)
        {
            Assert.Equal(shown, Text(spans));
        }
    }

    [Fact]
    public void Colours_carry_on_to_the_next_line()
    {
        var terminal = new AnsiText();
        terminal.Read("\u001b[32mone");
        Assert.Equal("[fg-2:two]", Text(terminal.Read("two")));
        Assert.Equal("[fg-2:three] four", Text(terminal.Read("three\u001b[0m four")));
        Assert.Equal("five", Text(terminal.Read("five")));
    }

    [Fact]
    public void Whatever_comes_there_is_no_control_in_what_is_shown_and_no_class_but_ours() =>
        Gen.String[Gen.OneOf(Gen.Char, Gen.Char["\u001b[];m8\r\b\u202e3KC"]), 0, 60].Sample(line =>
        {
            foreach (var span in new AnsiText().Read(line))
            {
                Assert.DoesNotContain(span.Text, letter => (char.IsControl(letter) && letter != '\t') || letter is >= '\u202a' and <= '\u202e');
                Assert.Matches("^((fg|bg)-[0-9]+|a-(b|d|i|u|s|inv)| )*$", span.Classes);
            }
        });

    private static string Text(IEnumerable<AnsiSpan> spans) => string.Concat(spans.Select(span =>
        span is { Classes: "", Link: null } ? span.Text : $"[{span.Classes}{(span.Link is null ? "" : "=" + span.Link)}:{span.Text}]"));
}
