using System.ComponentModel.DataAnnotations;

namespace FluxRestful.Contracts.Cluster;

/// <summary>Why a queue is stopped or disabled.</summary>
/// <param name="Reason">Shown to whoever waits or is refused.</param>
public sealed record QueueReason([property: MinLength(1), MaxLength(1024)] string Reason);
