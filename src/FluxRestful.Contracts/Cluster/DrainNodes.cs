using System.ComponentModel.DataAnnotations;

namespace FluxRestful.Contracts.Cluster;

/// <summary>Which nodes shall get no more jobs, and why.</summary>
/// <param name="Targets">An idset of ranks (<c>0,2-3</c>) or a hostlist (<c>node[0-3]</c>).</param>
/// <param name="Reason">For whoever finds them drained.</param>
/// <param name="Overwrite">Whether the reason of a node that is drained already is replaced; otherwise such a node is a conflict.</param>
public sealed record DrainNodes(
    [property: MinLength(1)] string Targets,
    [property: MaxLength(1024)] string? Reason = null,
    bool Overwrite = false);
