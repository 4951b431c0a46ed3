namespace FluxRestful.Core.Jobs;

/// <summary>How an inactive job ended. The numbers are those of the wire.</summary>
public enum JobResult
{
    /// <summary>Still active: no result.</summary>
    None = 0,

    /// <summary>Its tasks ended with 0, and no fatal exception came before.</summary>
    Completed = 1,

    /// <summary>Something else than 0, or a fatal exception of another type.</summary>
    Failed = 2,

    /// <summary>By an exception of type cancel, before or while it ran.</summary>
    Canceled = 4,

    /// <summary>By the time limit.</summary>
    Timeout = 8,
}
