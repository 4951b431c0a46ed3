using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>What a tenant sees of its jobs from afar: another value once one of them came, went or changed its group, or the broker went or came back.</summary>
internal sealed record JobSight(JobShelf Shelf, JobCounts Counts, bool IsLive);
