using System.Diagnostics.CodeAnalysis;

namespace FluxRestful.Core.Jobs;

/// <summary>Where a job stands (RFC 21). The numbers are those of the wire; the virtual states at the end are masks.</summary>
[Flags]
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "A job always has a state.")]
[SuppressMessage("Naming", "CA1714:Flags enums should have plural names", Justification = "RFC 21 calls it a state.")]
public enum JobState
{
    /// <summary>Submitted, not yet validated.</summary>
    New = 1,

    /// <summary>Waits for dependencies.</summary>
    Depend = 2,

    /// <summary>Waits for its priority; for an instant again after each change of the urgency.</summary>
    Priority = 4,

    /// <summary>Waits for resources, or is held.</summary>
    Sched = 8,

    /// <summary>Has resources.</summary>
    Run = 16,

    /// <summary>Finished or ended by an exception; its tasks may live a little longer.</summary>
    Cleanup = 32,

    /// <summary>Over: nothing of it changes any more.</summary>
    Inactive = 64,

    /// <summary>Depend, priority or sched: nothing runs yet.</summary>
    Pending = Depend | Priority | Sched,

    /// <summary>Run or cleanup: it holds resources.</summary>
    Running = Run | Cleanup,

    /// <summary>Everything but new and inactive.</summary>
    Active = Pending | Running,
}
