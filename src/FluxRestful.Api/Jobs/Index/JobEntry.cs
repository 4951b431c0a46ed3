using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>A job as the index knows it. Never changed, only replaced, so a reader may hold one as long as it likes.</summary>
/// <param name="Record">The job.</param>
/// <param name="Mark">Its mark, if it has a valid one.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Version">Grows with each change, within one epoch of the index.</param>
/// <param name="IsPurged">Flux does not know it any more; this is what was recorded of it.</param>
internal sealed record JobEntry(JobRecord Record, JobMark? Mark, JobOwner Owner, long Version = 0, bool IsPurged = false)
{
    /// <summary>The tenant's name; null if it is nobody's who is known here.</summary>
    public string? OwnerName => Owner.IsKnown ? Mark?.Tenant : Owner.ClaimedBy;
}
