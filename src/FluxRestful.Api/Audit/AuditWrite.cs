using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Audit;

/// <summary>One thing for the writer to do.</summary>
/// <param name="Record">Null: nothing, but say when everything before it has been written.</param>
/// <param name="Written">For somebody who waits.</param>
internal sealed record AuditWrite(AuditRecord? Record, TaskCompletionSource? Written);
