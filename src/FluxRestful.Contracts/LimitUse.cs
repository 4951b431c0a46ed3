namespace FluxRestful.Contracts;

/// <summary>A limit that was in the way.</summary>
/// <param name="Name">Which one: <c>activeJobs</c>, <c>queuedJobs</c>, <c>nodes</c>, <c>cores</c>, <c>duration</c> (seconds), <c>submitsPerMinute</c>.</param>
/// <param name="Value">The limit.</param>
/// <param name="Use">What is used of it already, or what was asked for.</param>
public sealed record LimitUse(string Name, double Value, double Use);
