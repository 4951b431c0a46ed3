using FluxRestful.Api.Pages.Jobs.List;
using FluxRestful.Api.Pages.Submit.Bounds;
using FluxRestful.Contracts.Cluster;

namespace FluxRestful.Api.Pages.Overview;

/// <summary>What the first page shows.</summary>
/// <param name="Tabs">How many of one's own jobs there are of each kind.</param>
/// <param name="Recent">Those that ended last, failures first.</param>
/// <param name="Now">The moment for which durations are told, in seconds since 1970.</param>
/// <param name="Resources">What is used; null while Flux is away.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Queues">The queues.</param>
/// <param name="Quota">The tenant's limits.</param>
/// <param name="OldestWait">Since when the job waits for resources that has waited longest, in seconds since 1970; null: none waits.</param>
/// <param name="Since">The moment of which the cluster's part is, while Flux does not answer.</param>
public sealed record OverviewView(
    IReadOnlyList<JobsTab> Tabs,
    IReadOnlyList<JobsRow> Recent,
    double Now,
    FluxRestful.Contracts.Cluster.Resources? Resources,
    IReadOnlyList<Node> Nodes,
    IReadOnlyList<Queue> Queues,
    IReadOnlyList<QuotaLine> Quota,
    double? OldestWait,
    DateTimeOffset? Since = null);
