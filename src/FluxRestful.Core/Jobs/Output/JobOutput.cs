using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace FluxRestful.Core.Jobs.Output;

/// <summary>Reads the lines of <c>guest.output</c> (RFC 24).</summary>
public static class JobOutput
{
    /// <summary>Reads one line.</summary>
    /// <returns>Null for a kind of entry that is not known, which the RFC asks to pass over.</returns>
    /// <exception cref="FormatException">It is no entry of an eventlog, or lacks what its kind must have.</exception>
    public static OutputEvent? Parse(string line) => FromEvent(JobEvent.Parse(line));

    /// <inheritdoc cref="Parse(string)"/>
    public static OutputEvent? Parse(ReadOnlySpan<byte> line) => FromEvent(JobEvent.Parse(line));

    /// <summary>Makes it of an entry already read.</summary>
    /// <exception cref="FormatException">It lacks what its kind must have.</exception>
    public static OutputEvent? FromEvent(JobEvent entry) => entry.Name switch
    {
        "header" => new OutputHeader(entry.Timestamp, Count(entry, "stdout"), Count(entry, "stderr")),
        "data" => new OutputData(entry.Timestamp, Needed(entry, "stream"), Rank(entry), Bytes(entry), IsEof(entry)),
        "redirect" => new OutputRedirect(entry.Timestamp, Needed(entry, "stream"), Rank(entry), Needed(entry, "path")),
        "log" => new OutputLog(
            entry.Timestamp,
            entry.Context.Get("level").SmallInteger() ?? throw Missing("level"),
            Needed(entry, "message"),
            entry.Context.Get("rank").SmallInteger(),
            entry.Context.Get("component").Text()),
        _ => null,
    };

    private static int Count(JobEvent entry, string stream) => entry.Context?.Get("count", stream).SmallInteger() ?? 0;

    private static string Needed(JobEvent entry, string name) => entry.Context.Get(name).Text() ?? throw Missing(name);

    private static FormatException Missing(string name) => new($"An entry of the output lacks its {name}.");

    private static string Rank(JobEvent entry) => entry.Context.Get("rank") switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        var rank => rank.Text() ?? throw Missing("rank"),
    };

    private static bool IsEof(JobEvent entry) => entry.Context is { } context && context.TryGet("eof", JsonValueKind.True, out _);

    private static byte[] Bytes(JobEvent entry)
    {
        if (entry.Context.Get("data").Text() is not { } data)
        {
            return IsEof(entry) ? [] : throw Missing("data");
        }

        return entry.Context.Get("encoding").Text() switch
        {
            "base64" => Base64.IsValid(data) ? Convert.FromBase64String(data) : throw new FormatException("The data of an entry of the output is no base64."),
            null or "UTF-8" => Encoding.UTF8.GetBytes(data),
            var encoding => throw new FormatException($"The encoding {encoding} of an entry of the output is not known."),
        };
    }
}
