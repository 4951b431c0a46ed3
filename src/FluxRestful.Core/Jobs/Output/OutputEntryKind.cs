namespace FluxRestful.Core.Jobs.Output;

/// <summary>What an entry of <c>guest.output</c> is (RFC 24).</summary>
public enum OutputEntryKind
{
    /// <summary>A kind that is not known, which the RFC asks to pass over.</summary>
    Unknown,

    /// <summary>The first entry.</summary>
    Header,

    /// <summary>What a task wrote, or the end of that.</summary>
    Data,

    /// <summary>A stream goes to a file.</summary>
    Redirect,

    /// <summary>A word of the job shell.</summary>
    Log,
}
