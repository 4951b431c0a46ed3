namespace FluxRestful.Api.Jobs.Control;

/// <summary>What came of the wish to cancel a job.</summary>
internal enum CancelOutcome
{
    /// <summary>The broker has taken it; the job ends within seconds.</summary>
    Requested,

    /// <summary>The job has ended already.</summary>
    Inactive,

    /// <summary>There is no such job, or it is another tenant's: the two are told alike.</summary>
    Unknown,
}
