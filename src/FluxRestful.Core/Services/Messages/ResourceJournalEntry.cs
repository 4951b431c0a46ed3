using System.Text.Json;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Core.Services.Messages;

/// <summary>One message of <c>resource.journal</c>: restart, online, offline, resource-define, drain, undrain.</summary>
/// <param name="R">What there is, beside <c>resource-define</c>.</param>
public sealed record ResourceJournalEntry(IReadOnlyList<JobEvent> Events, JsonElement? R)
{
    /// <summary>The history is complete; what follows happens now.</summary>
    public bool IsCaughtUp => Events.Count == 0;
}
