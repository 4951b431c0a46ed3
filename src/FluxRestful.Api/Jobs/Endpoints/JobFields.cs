namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>The members of a job that an answer has, by their names.</summary>
internal sealed class JobFields
{
    private static readonly string[] InRows =
    [
        "id", "decimalId", "name", "state", "status", "result", "returncode", "reason", "owner", "submitted", "started", "ended", "runtime", "waited", "remaining",
        "duration", "ntasks", "ncores", "nnodes", "nodelist", "ranks", "urgency", "priority", "queue", "project", "bank", "cwd", "exception", "dependencies",
        "tags", "purged",
    ];

    private static readonly string[] OnDemand = ["annotations", "timeline"];

    private readonly HashSet<string> _names;

    private JobFields(IEnumerable<string> names) => _names = new(names, StringComparer.Ordinal);

    /// <summary>What a list has unless it is told otherwise.</summary>
    public static JobFields Rows { get; } = new(InRows);

    /// <summary>Whatever the index knows.</summary>
    public static JobFields All { get; } = new([.. InRows, .. OnDemand]);

    public static string Names { get; } = string.Join(", ", [.. InRows, .. OnDemand]);

    public bool Has(string name) => _names.Contains(name);

    /// <summary>Null, and the name that there is not, if it is no list of fields.</summary>
    public static JobFields? Parse(IEnumerable<string> texts, out string? unknown)
    {
        var names = texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        unknown = names.Find(name => !All.Has(name));
        return unknown is null ? new(names) : null;
    }
}
