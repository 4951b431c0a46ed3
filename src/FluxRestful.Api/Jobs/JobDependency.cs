using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs;

/// <summary>What a job waits for, as Flux describes it: <c>after-success=f1234</c>, <c>begin-time=1764000000</c>.</summary>
internal static class JobDependency
{
    /// <summary>The job that is waited for; null if it is none.</summary>
    internal static JobId? IdOf(string description) =>
        description.StartsWith("after", StringComparison.Ordinal) && description.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            && JobId.TryParse(description[(at + 1)..], out var id) ? id : null;

    /// <summary>What must become of it, in words.</summary>
    internal static string WordsOf(string description) => description.Split('=', ':')[0] switch
    {
        "after-success" or "afterok" => "the success of",
        "after-failure" or "afternotok" => "the failure of",
        "after-finish" or "afterany" => "the end of",
        "after-start" or "after" or "afterstart" => "the start of",
        "after-except" or "afterexcept" => "an exception of",
        var other => other,
    };
}
