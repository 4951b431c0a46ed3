namespace FluxRestful.Api.Storage;

/// <summary>A request that may come again with the same key: what was answered the first time, or that it is not known yet.</summary>
internal sealed class IdempotencyKey
{
    public int TenantId { get; init; }

    /// <summary>The method and the route's template.</summary>
    public required string Route { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of what was sent, in hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Names the attempt, and by it whatever it makes: in a job's mark, for one. 32 hexadecimal digits.</summary>
    public required string Attempt { get; init; }

    /// <summary>Null until it was answered.</summary>
    public int? Status { get; set; }

    public string? Location { get; set; }

    public string? ContentType { get; set; }

    public byte[]? Body { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
