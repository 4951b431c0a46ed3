using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Audit;

/// <summary>How much is kept of who did what: section <c>Audit</c> of appsettings.json.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How many everyday entries the table keeps, and as many others.</summary>
    [Range(10, 100_000_000)]
    public int MaxRows { get; set; } = 100_000;

    /// <summary>Where the lines go; null: <c>audit.jsonl</c> in the data directory.</summary>
    public string? File { get; set; }

    /// <summary>From this length on a new file is begun.</summary>
    [Range(1024L, long.MaxValue)]
    public long MaxFileBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many files there are, the one that is written among them.</summary>
    [Range(1, 1000)]
    public int Files { get; set; } = 5;
}

[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
