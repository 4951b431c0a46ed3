using FluxRestful.Api.Pages.Ansi;
using FluxRestful.Api.Pages.Jobs.Log;
using FluxRestful.Contracts.Jobs.Output;

namespace FluxRestful.Tests.Api.Pages.Jobs.Log;

public sealed class LogHtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("</span></div><img src=x onerror=alert(1)>")]
    [InlineData("&lt;b&gt; and 'quotes'")]
    public void What_a_job_writes_is_only_ever_text(string hostile)
    {
        var html = Of(Line(1, hostile));
        Assert.Equal(Of(Line(1, "x")).Count(letter => letter is '<' or '"'), html.Count(letter => letter is '<' or '"'));
        Assert.Equal(hostile, System.Net.WebUtility.HtmlDecode(html[(html.IndexOf("class=\"text\">", StringComparison.Ordinal) + 13)..html.IndexOf("</span></div>", StringComparison.Ordinal)]));
    }

    [Fact]
    public void Nothing_that_a_job_writes_ends_a_line_of_an_event_stream() =>
        Assert.DoesNotContain(Of(Line(1, "a\rb\u0085c\u2028d\u0000e")), letter => letter is '\n' or '\r');

    [Fact]
    public void Bytes_that_are_no_letters_are_shown_as_escapes_and_said_to_be_such()
    {
        var html = Of(Line(7, Convert.ToBase64String([0x61, 0xff, 0xc3, 0xa4, 0xfe])) with { Encoding = "base64" });
        Assert.Contains(@"a\xffä\xfe", html, StringComparison.Ordinal);
        Assert.Contains("binary output", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_line_a_missing_end_and_a_shells_error_are_told()
    {
        Assert.Contains("show all 20 KiB more", Of(Line(3, "beginning") with { Length = 9 + 20480, Cut = true }), StringComparison.Ordinal);
        Assert.Contains("no line end", Of(Line(4, "end") with { Unterminated = true }), StringComparison.Ordinal);
        Assert.Contains("class=\"line shell error\"", Of(Line(5, "cannot") with { Stream = "shell", Level = 3 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_carries_on_in_its_own_stream_only()
    {
        var screen = new LogScreen(showsRanks: false);
        screen.Show(Line(1, "\u001b[31mred"));
        Assert.Equal([new AnsiSpan("plain", "", null)], screen.Show(Line(2, "plain") with { Stream = "stderr" }).Spans);
        Assert.Equal([new AnsiSpan("still", "fg-1", null)], screen.Show(Line(3, "still")).Spans);
    }

    private static OutputLine Line(long number, string text) => new(number, "stdout", DateTimeOffset.UnixEpoch, text, text.Length + 1);

    private static string Of(OutputLine line) =>
        LogHtml.Of([new LogScreen(showsRanks: false).Show(line)], new LogAddress(), new LogPlace("ended", 9, 9, null, null), 0);
}
