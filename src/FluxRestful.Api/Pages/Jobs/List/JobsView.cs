using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Pages.Jobs.List;

/// <summary>What the jobs page shows.</summary>
/// <param name="Address">What was asked for.</param>
/// <param name="Rows">The jobs of this page.</param>
/// <param name="Columns">What is shown of each.</param>
/// <param name="Tabs">The tabs, each with its number.</param>
/// <param name="Matching">How many jobs fit altogether.</param>
/// <param name="Number">Which page this is, from 1; jobs that came meanwhile are not counted.</param>
/// <param name="Previous">The address of the page before; null on the first.</param>
/// <param name="Next">The address of the next page; null on the last.</param>
/// <param name="Now">The moment for which durations are told, in seconds since 1970.</param>
/// <param name="Everybody">Whether everybody's jobs are shown.</param>
/// <param name="StaleFor">How old what is shown is; zero while Flux is there.</param>
/// <param name="Origin">Where a program finds this server.</param>
/// <param name="IsCompact">Rows with less air.</param>
public sealed record JobsView(
    JobsAddress Address, IReadOnlyList<JobsRow> Rows, IReadOnlyList<JobsColumn> Columns, IReadOnlyList<JobsTab> Tabs, int Matching, int Number, string? Previous,
    string? Next, double Now, bool Everybody, TimeSpan StaleFor, string Origin, bool IsCompact)
{
    /// <summary>What the tab of the browser says.</summary>
    internal string Title => Tabs.First(tab => tab.State == "running").Count is > 0 and var running
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{running} running · Jobs")
        : "Jobs";
}

/// <summary>A job in the list.</summary>
/// <param name="Job">The job.</param>
/// <param name="Owner">The tenant, where others' jobs are shown too.</param>
/// <param name="IsPurged">Flux has purged it.</param>
public sealed record JobsRow(JobRecord Job, string? Owner, bool IsPurged = false);

/// <summary>A tab.</summary>
/// <param name="State">The value of <c>state</c>; null: all.</param>
/// <param name="Word">What is read.</param>
/// <param name="Count">How many jobs.</param>
public sealed record JobsTab(string? State, string Word, int Count);
