namespace FluxRestful.Core.Services.Messages;

/// <summary>Flags of <c>job-ingest.submit</c>; not part of the jobspec (surprise 50).</summary>
[Flags]
public enum JobSubmitFlags
{
    /// <summary>As flux-submit(1) without flags.</summary>
    None = 0,

    /// <summary>More events in the eventlog.</summary>
    Debug = 2,

    /// <summary><see cref="JobManager.WaitAsync"/> will be called for it. Owner only.</summary>
    Waitable = 4,

    /// <summary>Skip the validator. Owner only.</summary>
    NoValidate = 8,
}
