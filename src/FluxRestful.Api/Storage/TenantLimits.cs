namespace FluxRestful.Api.Storage;

/// <summary>How much an account may do. Null: whatever holds for everybody, which may be no limit.</summary>
internal sealed record TenantLimits
{
    /// <summary>In place of a number: no limit, whatever holds for everybody.</summary>
    internal const int Unlimited = -1;

    internal static readonly TenantLimits None = new();

    /// <summary>Jobs that have not ended.</summary>
    public int? ActiveJobs { get; init; }

    /// <summary>Jobs that have not started.</summary>
    public int? QueuedJobs { get; init; }

    /// <summary>Nodes that one job may ask for.</summary>
    public int? Nodes { get; init; }

    /// <summary>Cores that one job may ask for.</summary>
    public int? Cores { get; init; }

    /// <summary>Seconds that one job may ask for; a job that asks for none gets this.</summary>
    public int? Duration { get; init; }

    /// <summary>Submits that reach the broker, in any sixty seconds.</summary>
    public int? SubmitsPerMinute { get; init; }
}
