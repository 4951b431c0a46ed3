using FluxRestful.Core.Jobs;

namespace FluxRestful.EmbeddedBroker.Jobs;

/// <summary>One thing that a job waits for: another job, or a time.</summary>
internal sealed record Dependency(string Scheme, string Description, JobId? On = null, double? BeginTime = null);
