namespace FluxRestful.Core.Services.Messages;

/// <summary>What a command to many jobs did.</summary>
/// <param name="Count">How many jobs it concerns.</param>
/// <param name="Errors">How many of them it failed for.</param>
public sealed record JobBulkResult(int Count, int Errors);
