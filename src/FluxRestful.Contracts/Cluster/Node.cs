namespace FluxRestful.Contracts.Cluster;

/// <summary>A broker and what it has. Named by its rank, for several may be on one host.</summary>
/// <param name="Rank">The broker's rank.</param>
/// <param name="Host">Its host.</param>
/// <param name="State">What it is good for now.</param>
/// <param name="Online">Whether the broker is there.</param>
/// <param name="Cores">How many cores it has.</param>
/// <param name="CoresFree">How many of them a job could have now.</param>
/// <param name="Gpus">How many GPUs it has.</param>
/// <param name="GpusFree">How many of them a job could have now.</param>
/// <param name="Properties">The properties that jobs can require.</param>
/// <param name="DrainReason">Why it is drained, if somebody said so.</param>
/// <param name="DrainedSince">Since when it is drained.</param>
public sealed record Node(
    int Rank,
    string Host,
    NodeState State,
    bool Online,
    int Cores,
    int CoresFree,
    int Gpus,
    int GpusFree,
    IReadOnlyList<string> Properties,
    string? DrainReason = null,
    DateTimeOffset? DrainedSince = null);
