namespace FluxRestful.Core.Services.Messages;

/// <summary>Flags of <c>job-info.eventlog-watch</c>.</summary>
[Flags]
public enum JobWatchFlags
{
    /// <summary>ENOENT if the path does not exist; guest.exec.eventlog is waited for all the same.</summary>
    None = 0,

    /// <summary>
    /// Wait until the path exists. On <c>guest.*</c> paths of a job that has just become inactive this never answers (surprise 3); use
    /// <see cref="JobInfo.WatchOutputAsync"/> for output.
    /// </summary>
    WaitCreate = 1,

    /// <summary>Mark the end of what was already there with a null.</summary>
    Initial = 2,
}
