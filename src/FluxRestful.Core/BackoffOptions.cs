namespace FluxRestful.Core;

/// <summary>The waiting times of <see cref="BackoffPolicy"/>.</summary>
public sealed record BackoffOptions
{
    /// <summary>The longest wait after the first failure.</summary>
    public TimeSpan Initial { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait of all.</summary>
    public TimeSpan Maximum { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Which part of a wait is random: 0 none, 1 all of it.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>How long a connection lives before its loss is a new beginning and not one more failure.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(5);
}
