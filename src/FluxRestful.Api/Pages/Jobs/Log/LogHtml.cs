using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using FluxRestful.Api.Pages.Ansi;
using FluxRestful.Api.Pages.Words;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>
/// Lines as HTML: the one way for a page, a block that is fetched, and what comes live. Written by hand, for there are ten thousand a second; whatever a job
/// wrote goes through the encoder, and nothing has a line break in it.
/// </summary>
internal static class LogHtml
{
    // Letters of any script stay what they are; all that means something in HTML, and every control, does not.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="start">When the job started, in seconds since 1970: what times are counted from.</param>
    internal static string Of(IReadOnlyList<LogLine> lines, LogAddress address, LogPlace place, double? start)
    {
        var html = new StringBuilder(256 + (lines.Count * 120));
        var first = lines.Count > 0 ? lines[0].Number : place.Total + 1;
        var last = lines.Count > 0 ? lines[^1].Number : place.Total;
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"lines\" data-first=\"{first}\" data-last=\"{last}\" data-total=\"{place.Total}\"");
        html.Append(CultureInfo.InvariantCulture, $" data-matching=\"{place.Matching}\" data-status=\"{place.Status}\">");
        LogLine? before = null;
        foreach (var line in lines)
        {
            if (address.ShowsMatchesOnly && address.ContextLines > 0 && before is not null && line.Number > before.Number + 1)
            {
                html.Append("<p class=\"gap\" aria-hidden=\"true\">⋯</p>");
            }

            Write(html, line, address, start);
            before = line;
        }

        return html.Append("</div>").ToString();
    }

    /// <summary>Behind all lines, without numbers, those that have no end yet.</summary>
    internal static string OfBegun(IReadOnlyList<LogLine> lines, LogAddress address, double? start)
    {
        var html = new StringBuilder("<div class=\"begun\">");
        foreach (var line in lines)
        {
            Write(html, line, address, start);
        }

        return html.Append("</div>").ToString();
    }

    private static void Write(StringBuilder html, LogLine line, LogAddress address, double? start)
    {
        html.Append("<div class=\"line");
        Class(line.Stream != "stdout", line.Stream is "stderr" ? "stderr" : "shell");
        Class(line.IsError, "error");
        Class(line.IsContext, "context");
        if (line.Number == 0)
        {
            html.Append("\"><span class=\"no\"></span>");
        }
        else
        {
            html.Append(CultureInfo.InvariantCulture, $"\" id=\"L{line.Number}\"><a class=\"no\" href=\"#L{line.Number}\">{line.Number}</a>");
        }

        if (address.ShowsClock || address.ShowsSinceStart)
        {
            html.Append(CultureInfo.InvariantCulture, $"<time class=\"at\" datetime=\"{line.Time:yyyy-MM-ddTHH:mm:ss.fffZ}\">{Time(line, address, start)}</time>");
        }

        if (line.Rank is not null)
        {
            html.Append("<span class=\"rank\">").Append(Encoder.Encode(line.Rank)).Append("</span>");
        }

        html.Append("<span class=\"text\">");
        if (line.Stream != "stdout")
        {
            html.Append("<span class=\"sr\">").Append(Encoder.Encode(line.Stream)).Append(": </span>");
        }

        foreach (var span in line.Spans)
        {
            Write(html, span);
        }

        if (line.More > 0 && address.Whole == "1")
        {
            html.Append("<span class=\"note\">").Append(Bytes.Of(line.More)).Append(" more in the download</span>");
        }
        else if (line.More > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $" <a class=\"cut\" data-log-whole href=\"?from={line.Number}&amp;limit=1&amp;whole=1\">… show all {Bytes.Of(line.More)} more</a>");
        }

        Note(line.IsBinary, "binary output");
        Note(line.IsUnfinished, "no line end");
        html.Append("</span></div>");

        void Class(bool isSo, string name) => html.Append(isSo ? " " : "").Append(isSo ? name : "");

        void Note(bool isSo, string words)
        {
            if (isSo)
            {
                html.Append("<span class=\"note\">").Append(words).Append("</span>");
            }
        }
    }

    private static void Write(StringBuilder html, AnsiSpan span)
    {
        var text = Encoder.Encode(span.Text);
        if (span.Link is not null)
        {
            html.Append("<a class=\"").Append(span.Classes).Append("\" href=\"").Append(Encoder.Encode(span.Link))
                .Append("\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">").Append(text).Append("</a>");
        }
        else if (span.Classes.Length > 0)
        {
            html.Append("<span class=\"").Append(span.Classes).Append("\">").Append(text).Append("</span>");
        }
        else
        {
            html.Append(text);
        }
    }

    private static string Time(LogLine line, LogAddress address, double? start) => address.ShowsSinceStart && start is { } zero
        ? string.Create(CultureInfo.InvariantCulture, $"+{Math.Max(0, (line.Time - DateTimeOffset.UnixEpoch).TotalSeconds - zero):0.000}")
        : line.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
