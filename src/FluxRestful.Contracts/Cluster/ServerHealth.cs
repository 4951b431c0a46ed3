namespace FluxRestful.Contracts.Cluster;

/// <summary>Whether the server is up.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
public sealed record ServerHealth(string Status);
