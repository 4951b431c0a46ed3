using System.ComponentModel.DataAnnotations;

namespace FluxRestful.Contracts.Jobs.Submitting;

/// <summary>Many jobs to submit: either <c>jobs</c>, or one <c>job</c> so and so many times.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Job">One job.</param>
/// <param name="Count">How often.</param>
public sealed record JobBulkSubmit(
    [property: MinLength(1), MaxLength(JobBulkSubmit.Most)] IReadOnlyList<JobSubmit>? Jobs = null,
    JobSubmit? Job = null,
    [property: Range(1, JobBulkSubmit.Most)] int? Count = null)
{
    /// <summary>The most jobs of one request.</summary>
    public const int Most = 1000;
}
