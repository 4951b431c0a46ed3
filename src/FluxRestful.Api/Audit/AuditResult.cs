namespace FluxRestful.Api.Audit;

internal enum AuditResult
{
    Done,

    /// <summary>It was not allowed.</summary>
    Refused,

    /// <summary>It was allowed and could not be done.</summary>
    Failed,
}
