using FluxRestful.Api.Storage;
using FluxRestful.Contracts.Audit;

namespace FluxRestful.Api.Audit;

/// <summary>An entry as it is shown: by the API and in the file alike.</summary>
internal static class AuditEntries
{
    internal static AuditEntry Of(AuditRecord record) =>
        new(record.At, record.Actor, record.Action, record.Result, record.Target, record.Address, record.Detail);
}
