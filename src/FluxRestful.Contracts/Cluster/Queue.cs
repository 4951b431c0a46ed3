namespace FluxRestful.Contracts.Cluster;

/// <summary>A queue of the job manager.</summary>
/// <param name="Name">Its name. An instance without named queues has one, shown as <c>default</c>.</param>
/// <param name="Enabled">Whether it takes jobs in.</param>
/// <param name="Started">Whether its jobs get resources.</param>
/// <param name="Pending">How many jobs wait, everybody's.</param>
/// <param name="Running">How many jobs run, everybody's.</param>
/// <param name="DisableReason">Why it takes none in.</param>
/// <param name="StopReason">Why they get none.</param>
/// <param name="Limits">The queue's policy limits as Flux's configuration has them; absent if there are none.</param>
/// <param name="Requires">Properties of the nodes that its jobs are given; absent if any node will do.</param>
public sealed record Queue(
    string Name,
    bool Enabled,
    bool Started,
    int Pending,
    int Running,
    string? DisableReason = null,
    string? StopReason = null,
    System.Text.Json.JsonElement? Limits = null,
    IReadOnlyList<string>? Requires = null);
