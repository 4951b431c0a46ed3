namespace FluxRestful.Api.Jobs.Control;

/// <summary>What came of a <see cref="JobCommand"/>.</summary>
internal enum JobOutcome
{
    /// <summary>The broker has taken it.</summary>
    Done,

    /// <summary>There is no such job, or it is another tenant's: the two are told alike.</summary>
    Unknown,

    /// <summary>It is for others to do this.</summary>
    NotAllowed,

    /// <summary>The job has ended already.</summary>
    Inactive,

    /// <summary>It is in a state in which this cannot be done.</summary>
    WrongState,

    /// <summary>It runs, but its tasks have not started yet: a signal would be lost (surprise 11).</summary>
    Starting,

    /// <summary>Flux does not take it.</summary>
    Refused,
}
