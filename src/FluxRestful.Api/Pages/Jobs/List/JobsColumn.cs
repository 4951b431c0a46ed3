using FluxRestful.Api.Pages.Preferences;

namespace FluxRestful.Api.Pages.Jobs.List;

/// <summary>A column of the jobs table.</summary>
/// <param name="Name">In an address and in what the browser remembers.</param>
/// <param name="Word">Its heading.</param>
/// <param name="Style">The class of its cells.</param>
/// <param name="Sort">What the list is ordered by when its heading is pressed; null: by nothing.</param>
/// <param name="Shown">When it is there unless somebody chose.</param>
public sealed record JobsColumn(string Name, string Word, string Style, string? Sort, JobsColumnUse Shown)
{
    public static IReadOnlyList<JobsColumn> All { get; } =
    [
        new("state", "State", "c-state", "state", JobsColumnUse.Fixed),
        new("name", "Name", "c-name", "name", JobsColumnUse.Fixed),
        new("id", "ID", "c-id", null, JobsColumnUse.Usual),
        new("user", "User", "c-owner", null, JobsColumnUse.OfEverybody),
        new("queue", "Queue", "c-more", "queue", JobsColumnUse.OfQueues),
        new("resources", "Resources", "c-resources", "ncores", JobsColumnUse.Usual),
        new("submitted", "Submitted", "c-time", "submitted", JobsColumnUse.Usual),
        new("time", "Time", "c-run number", "runtime", JobsColumnUse.Usual),
        new("result", "Result", "c-more", null, JobsColumnUse.Chosen),
        new("urgency", "Urgency", "c-more number", "urgency", JobsColumnUse.Chosen),
        new("priority", "Priority", "c-more number", "priority", JobsColumnUse.Chosen),
        new("nodes", "Node list", "c-more", null, JobsColumnUse.Chosen),
        new("tasks", "Tasks", "c-more number", "ntasks", JobsColumnUse.Chosen),
        new("limit", "Time limit", "c-more number", "duration", JobsColumnUse.Chosen),
        new("expiration", "Expires", "c-more", null, JobsColumnUse.Chosen),
        new("dependencies", "Waits for", "c-more", null, JobsColumnUse.Chosen),
    ];

    /// <summary>Those that the address names, or the browser remembers, or are usual; in their own order, whatever the order in which they were chosen.</summary>
    internal static IReadOnlyList<JobsColumn> Of(JobsAddress address, Look look, bool everybody, bool queues)
    {
        var chosen = address.Columns is { Length: > 0 } named ? Look.ReadColumns(named) : look.Columns;
        return [.. All.Where(column => column.Shown == JobsColumnUse.Fixed || (chosen.Count > 0 ? chosen.Contains(column.Name) : column.Shown switch
        {
            JobsColumnUse.Usual => true,
            JobsColumnUse.OfEverybody => everybody,
            JobsColumnUse.OfQueues => queues,
            _ => false,
        }))];
    }
}

/// <summary>When a column is shown.</summary>
public enum JobsColumnUse
{
    /// <summary>Always: without it a row says nothing.</summary>
    Fixed,

    /// <summary>Unless somebody chose otherwise.</summary>
    Usual,

    /// <summary>The same, where everybody's jobs are shown.</summary>
    OfEverybody,

    /// <summary>The same, in an instance that has named queues.</summary>
    OfQueues,

    /// <summary>For whoever asks for it.</summary>
    Chosen,
}
