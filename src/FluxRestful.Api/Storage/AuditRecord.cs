namespace FluxRestful.Api.Storage;

/// <summary>Who did what. Its texts are cleaned and hold nothing secret.</summary>
internal sealed class AuditRecord
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    /// <summary>Null: it came by no network.</summary>
    public string? Address { get; init; }

    public required string Action { get; init; }

    public string? Target { get; init; }

    public required string Result { get; init; }

    public string? Detail { get; init; }

    /// <summary>Everyday entries are counted, and taken away, apart from the others.</summary>
    public bool IsRoutine { get; init; }
}
