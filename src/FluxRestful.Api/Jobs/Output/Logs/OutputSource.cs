using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>Where lines come from: one stream of one task, or the job's shell.</summary>
internal sealed record OutputSource(string Stream, string Rank)
{
    internal const string Shell = "shell";

    private readonly IdSet? _ranks = IdSet.TryParse(Rank, out var ranks) ? ranks : null;

    internal bool IsShell => Stream == Shell;

    /// <summary>Whether one of these tasks wrote it. RFC 24 has "all" besides idsets.</summary>
    internal bool IsOf(IdSet ranks) => !IsShell && (Rank == "all" || (_ranks is not null && _ranks.Intersect(ranks).LongCount > 0));
}
