using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Idempotency;

/// <summary>How long and how many keys are remembered: section <c>Idempotency</c> of appsettings.json.</summary>
internal sealed class IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>How many keys one tenant may have used in <see cref="KeptHours"/>.</summary>
    [Range(1, 10_000_000)]
    public int MostOfTenant { get; set; } = 100_000;

    /// <summary>How long a key is remembered.</summary>
    [Range(1, 24 * 30)]
    public int KeptHours { get; set; } = 24;

    internal TimeSpan Kept => TimeSpan.FromHours(KeptHours);
}

[OptionsValidator]
internal sealed partial class IdempotencyOptionsValidator : IValidateOptions<IdempotencyOptions>;
