using System.ComponentModel.DataAnnotations;

namespace FluxRestful.Contracts.Cluster;

/// <summary>Which nodes shall get jobs again.</summary>
/// <param name="Targets">An idset of ranks or a hostlist. One that is not drained is a conflict, and none is changed.</param>
public sealed record UndrainNodes([property: MinLength(1)] string Targets);
