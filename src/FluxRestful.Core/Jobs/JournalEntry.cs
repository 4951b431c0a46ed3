using System.Text.Json;

namespace FluxRestful.Core.Jobs;

/// <summary>One message of <c>job-manager.events-journal</c>: events of one job, and its jobspec and R where they come along.</summary>
/// <param name="Id">The job's id as on the wire; -1 in the message that says that the backlog has been sent.</param>
/// <param name="Events">All events of the job in a backlog, one event afterwards.</param>
/// <param name="Jobspec">In a backlog and beside <c>submit</c>; without environment.</param>
/// <param name="R">In a backlog and beside <c>alloc</c> (RFC 20).</param>
public sealed record JournalEntry(long Id, IReadOnlyList<JobEvent> Events, JsonElement? Jobspec, JsonElement? R)
{
    /// <summary>The backlog is complete; what follows happens now.</summary>
    public bool IsCaughtUp => Id == -1;

    /// <summary>The job it is about.</summary>
    public JobId JobId => JobId.FromWire(Id);

    /// <summary>Reads a response of the journal.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static JournalEntry FromJson(JsonElement element)
    {
        if (element.Get("id").Integer() is not { } number || !element.TryGet("events", JsonValueKind.Array, out var events))
        {
            throw new FormatException("A journal entry lacks its id or events.");
        }

        return new(number, [.. events.EnumerateArray().Select(JobEvent.FromJson)], Object(element, "jobspec"), Object(element, "R"));
    }

    private static JsonElement? Object(JsonElement element, string name) =>
        element.TryGet(name, JsonValueKind.Object, out var value) ? value : null;
}
