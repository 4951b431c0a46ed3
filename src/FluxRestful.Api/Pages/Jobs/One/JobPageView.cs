using FluxRestful.Api.Pages.Jobs.Log;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Pages.Jobs.One;

/// <summary>What a job's page shows.</summary>
/// <param name="Job">The job.</param>
/// <param name="Owner">The tenant whose it is.</param>
/// <param name="Tab">output, details, events or spec.</param>
/// <param name="Now">The moment for which durations are told, in seconds since 1970.</param>
/// <param name="StaleFor">How old what is shown is.</param>
/// <param name="Log">The output, on its tab.</param>
public sealed record JobPageView(JobRecord Job, string? Owner, string Tab, double Now, TimeSpan StaleFor, LogView? Log = null)
{
    /// <summary>As it stands in addresses.</summary>
    public string Id => Job.Id.ToString();
}
