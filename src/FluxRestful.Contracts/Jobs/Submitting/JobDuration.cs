using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Jobs.Submitting;

/// <summary>A time limit: a number of seconds, or a Flux Standard Duration (RFC 23) such as <c>"90s"</c>, <c>"1.5h"</c>.</summary>
/// <param name="Seconds">The number, if it was one.</param>
/// <param name="Text">The text, if it was one.</param>
[JsonConverter(typeof(JobDurationConverter))]
public readonly record struct JobDuration(double? Seconds, string? Text);
