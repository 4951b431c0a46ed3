namespace FluxRestful.Api.Storage.Past;

/// <summary>A job that has ended, as far as lists, its page, usage and charts need it: what is left when Flux has purged it. Times are seconds since 1970.</summary>
internal sealed class EndedJob
{
    /// <summary>A broker that starts afresh hands out ids anew; together with <see cref="Submitted"/> it names one job.</summary>
    public long JobId { get; init; }

    public double Submitted { get; init; }

    public double Ended { get; init; }

    /// <summary>Whose it is. Null: nobody's who is known, or only claimed in the name of <see cref="Owner"/>.</summary>
    public int? TenantId { get; set; }

    /// <summary>The name in the job's mark. Null: nobody's.</summary>
    public string? Owner { get; set; }

    /// <summary>The request in the job's mark, 32 hexadecimal digits. Null: it is nobody's.</summary>
    public string? RequestId { get; init; }

    public long UserId { get; init; }

    public int Urgency { get; init; }

    public long? Priority { get; init; }

    public int StatesSeen { get; init; }

    public double? DependAt { get; init; }

    public double? PriorityAt { get; init; }

    public double? SchedAt { get; init; }

    public double? RunAt { get; init; }

    public double? CleanupAt { get; init; }

    public string? Name { get; init; }

    public string? Command { get; init; }

    /// <summary>One a line. Null: it has none.</summary>
    public string? Tags { get; init; }

    public string? Cwd { get; init; }

    public string? Queue { get; init; }

    public string? Project { get; init; }

    public string? Bank { get; init; }

    public int? Tasks { get; init; }

    public int? Nodes { get; init; }

    public int? Cores { get; init; }

    public int? Gpus { get; init; }

    public double? Duration { get; init; }

    public double? Expiration { get; init; }

    public string? Ranks { get; init; }

    public string? NodeList { get; init; }

    public string? Annotations { get; init; }

    /// <summary>One a line. Null: it never had one.</summary>
    public string? Dependencies { get; init; }

    public int? WaitStatus { get; init; }

    public bool Success { get; init; }

    public string? ExceptionType { get; init; }

    public int? ExceptionSeverity { get; init; }

    public string? ExceptionNote { get; init; }

    public int Result { get; init; }
}
