using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs;

/// <summary>What every job is given, and how much of one is read at once: section <c>Jobs</c> of appsettings.json.</summary>
internal sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>PATH of a job whose tenant sets none.</summary>
    [Required]
    public string Path { get; set; } = "/usr/local/bin:/usr/bin:/bin";

    /// <summary>LANG of a job whose tenant sets none.</summary>
    [Required]
    public string Lang { get; set; } = "C.UTF-8";

    /// <summary>How large the body of a bulk submit may be; every other body is limited to 1 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBulkBytes { get; set; } = 1024 * 1024;

    /// <summary>How many bytes of memory the output in one answer may take; a stream has no such limit.</summary>
    [Range(1024, int.MaxValue)]
    public int MaxOutputBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many bytes all such answers under way may take; half of it for one tenant.</summary>
    [Range(4096L, long.MaxValue)]
    public long MaxOutputBytesTogether { get; set; } = 256 * 1024 * 1024;

    /// <summary>How many bytes of outputs are kept in memory for whoever reads on; what is beyond is read from the broker again.</summary>
    [Range(65536L, long.MaxValue)]
    public long MaxOutputCacheBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>How long a job's shell gathers output before it sends it, in seconds. Flux's own half second is long for somebody who watches.</summary>
    [Range(0.001, 10.0)]
    public double OutputDelay { get; set; } = 0.05;

    /// <summary>How long a signal waits for a job's tasks to start, in seconds; before that it would be lost.</summary>
    [Range(0.1, 60.0)]
    public double SignalPatience { get; set; } = 5;
}

[OptionsValidator]
internal sealed partial class JobOptionsValidator : IValidateOptions<JobOptions>;
