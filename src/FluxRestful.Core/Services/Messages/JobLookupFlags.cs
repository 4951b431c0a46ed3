namespace FluxRestful.Core.Services.Messages;

/// <summary>Flags of <c>job-info.lookup</c>.</summary>
[Flags]
public enum JobLookupFlags
{
    /// <summary>Values as text, as they were at submit.</summary>
    None = 0,

    /// <summary><c>jobspec</c> and <c>R</c> come as JSON, not as text.</summary>
    Json = 1,

    /// <summary>With later updates applied.</summary>
    Current = 2,
}
