namespace FluxRestful.Core;

/// <summary>Where the broker is, and how long to wait for it.</summary>
public sealed record BrokerClientOptions
{
    /// <summary><c>local:///path/of/socket</c>, or the path alone.</summary>
    public required string Uri { get; init; }

    /// <summary>How long connecting may take, the broker's first byte included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call waits for its answer, unless its request says otherwise; null for ever. Streams have no timeout.</summary>
    public TimeSpan? RequestTimeout { get; init; }

    /// <summary>How long to wait between attempts to connect.</summary>
    public BackoffOptions Backoff { get; init; } = new();
}
