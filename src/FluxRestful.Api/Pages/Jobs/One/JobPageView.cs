using System.Text.Json;
using FluxRestful.Api.Pages.Jobs.Log;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Pages.Jobs.One;

/// <summary>What a job's page shows.</summary>
/// <param name="Job">The job.</param>
/// <param name="Owner">The tenant whose it is.</param>
/// <param name="Tab">output, details, events or spec.</param>
/// <param name="Now">The moment for which durations are told, in seconds since 1970.</param>
/// <param name="StaleFor">How old what is shown is.</param>
/// <param name="Log">The output, on its tab.</param>
public sealed record JobPageView(JobRecord Job, string? Owner, string Tab, double Now, TimeSpan StaleFor, LogView? Log = null)
{
    /// <summary>Flux has purged it: this is the server's record.</summary>
    public bool IsPurged { get; init; }

    /// <summary>As it stands in addresses.</summary>
    public string Id => Job.Id.ToString();

    /// <summary>The jobspec; null where Flux does not tell it.</summary>
    internal JsonElement? Jobspec { get; init; }

    /// <summary>R; null where the job has no resources.</summary>
    internal JsonElement? Resources { get; init; }

    /// <summary>Names, and values that are shown on demand; null for a value that looks like a secret. Null if nobody knows them.</summary>
    internal IReadOnlyList<(string Name, string? Value)>? Environment { get; init; }

    /// <summary>The jobs that wait for this one.</summary>
    internal IReadOnlyList<JobRecord> Dependents { get; init; } = [];

    /// <summary>The job's event log.</summary>
    internal IReadOnlyList<JobEvent> Events { get; init; } = [];

    /// <summary>The event log of its shell.</summary>
    internal IReadOnlyList<JobEvent> ExecEvents { get; init; } = [];

    /// <summary>Variables that the copies are without: they look like secrets.</summary>
    internal IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>The same job in other tongues.</summary>
    internal IReadOnlyList<(string Name, string Text)> Copies { get; init; } = [];
}
