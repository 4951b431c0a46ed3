using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Past;

/// <summary>The records of ended jobs: section <c>PastJobs</c> of appsettings.json.</summary>
internal sealed class PastJobOptions
{
    public const string Section = "PastJobs";

    /// <summary>For how many days after its end a job is known, whatever Flux purges; 0: no longer than Flux knows it, and nothing is written.</summary>
    [Range(0, 3650)]
    public int Days { get; set; } = 90;

    /// <summary>How many jobs that Flux has purged are in memory and so in lists, the last that ended; older ones are found by their id, and count in usage and charts.</summary>
    [Range(0, 10_000_000)]
    public int Listed { get; set; } = 100_000;
}

[OptionsValidator]
internal sealed partial class PastJobOptionsValidator : IValidateOptions<PastJobOptions>;
