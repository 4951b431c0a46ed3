using System.Globalization;
using System.Text;
using FluxRestful.Contracts.Jobs;

namespace FluxRestful.Api.Pages.Jobs.List.Export;

/// <summary>Jobs as lines of RFC 4180.</summary>
internal static class JobCsv
{
    private static readonly (string Name, Func<Job, string?, string?> Value)[] Columns =
    [
        ("id", (job, _) => job.Id),
        ("decimal_id", (job, _) => job.DecimalId),
        ("status", (job, _) => job.Status),
        ("name", (job, _) => job.Name),
        ("command", (_, command) => command),
        ("user", (job, _) => job.Owner),
        ("queue", (job, _) => job.Queue),
        ("nodes", (job, _) => Number(job.NNodes)),
        ("cores", (job, _) => Number(job.NCores)),
        ("tasks", (job, _) => Number(job.NTasks)),
        ("submitted", (job, _) => Time(job.Submitted)),
        ("started", (job, _) => Time(job.Started)),
        ("ended", (job, _) => Time(job.Ended)),
        ("runtime_seconds", (job, _) => Number(job.Runtime)),
        ("time_limit_seconds", (job, _) => Number(job.Duration)),
        ("returncode", (job, _) => Number(job.ReturnCode)),
        ("reason", (job, _) => job.Reason),
        ("node_list", (job, _) => job.NodeList),
        ("urgency", (job, _) => Number(job.Urgency)),
        ("priority", (job, _) => Number(job.Priority)),
    ];

    internal static string Head { get; } = Line(Columns.Select(column => (string?)column.Name));

    internal static string Line(Job job, string? command) => Line(Columns.Select(column => column.Value(job, command)));

    /// <summary>A field; what a spreadsheet would take for a formula is text.</summary>
    internal static string Field(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        var text = value[0] is '=' or '+' or '@' or '\t' or '\r' || (value[0] == '-' && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? "'" + value
            : value;
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Line(IEnumerable<string?> values)
    {
        var line = new StringBuilder();
        foreach (var value in values)
        {
            line.Append(line.Length > 0 ? "," : "").Append(Field(value));
        }

        return line.Append("\r\n").ToString();
    }

    private static string? Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
