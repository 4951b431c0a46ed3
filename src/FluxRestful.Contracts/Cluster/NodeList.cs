namespace FluxRestful.Contracts.Cluster;

/// <summary>The nodes of the instance.</summary>
/// <param name="Nodes">By rank.</param>
public sealed record NodeList(IReadOnlyList<Node> Nodes);
