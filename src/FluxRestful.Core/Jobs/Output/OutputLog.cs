namespace FluxRestful.Core.Jobs.Output;

/// <summary>A word of the job shell, such as why a task did not start.</summary>
/// <param name="Level">As in syslog: 0 is an emergency, 3 an error, 7 debugging.</param>
/// <param name="Message">What it says.</param>
/// <param name="Rank">The shell's rank, if told.</param>
/// <param name="Component">The part of the shell that speaks, if told.</param>
public sealed record OutputLog(double Timestamp, int Level, string Message, int? Rank, string? Component) : OutputEvent(Timestamp);
