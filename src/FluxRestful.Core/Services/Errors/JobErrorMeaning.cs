namespace FluxRestful.Core.Services.Errors;

/// <summary>What a service's error about a job says.</summary>
public enum JobErrorMeaning
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>There is no such job.</summary>
    UnknownJob,

    /// <summary>The job has ended.</summary>
    InactiveJob,

    /// <summary>The job is active, but in a state in which this cannot be done.</summary>
    WrongState,

    /// <summary>The request itself is wrong: a value out of range, a jobspec that the instance does not take, a disabled queue.</summary>
    Refused,

    /// <summary>The user may not do this.</summary>
    NotAllowed,
}
