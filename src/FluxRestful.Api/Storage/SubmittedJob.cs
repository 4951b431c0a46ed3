namespace FluxRestful.Api.Storage;

/// <summary>Whose a job is: written before the job is submitted, completed with its id afterwards.</summary>
internal sealed class SubmittedJob
{
    /// <summary>32 hexadecimal digits, in the job's signed mark too.</summary>
    public required string RequestId { get; init; }

    public int TenantId { get; init; }

    /// <summary>Null until the broker has answered.</summary>
    public long? JobId { get; set; }

    public DateTimeOffset SubmittedAt { get; init; }
}
