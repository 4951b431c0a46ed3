namespace FluxRestful.Tests.Live;

/// <summary>What a command said, and how it ended.</summary>
internal sealed record CommandOutcome(int ExitCode, string Output, string Error);
