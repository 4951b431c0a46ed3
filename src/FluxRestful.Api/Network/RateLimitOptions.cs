using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

/// <summary>How many requests are taken: section <c>RateLimits</c> of appsettings.json. Generous: they are for programs that run wild, not for those that work.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Of one tenant, in a second. 0: as many as it likes.</summary>
    [Range(0, 1_000_000)]
    public int TenantPerSecond { get; set; } = 500;

    /// <summary>How many it may have saved up.</summary>
    [Range(1, 10_000_000)]
    public int TenantBurst { get; set; } = 5000;

    /// <summary>From one address, or one /64 of IPv6, in a second; a proxy that is not known is one address. 0: as many as it likes.</summary>
    [Range(0, 1_000_000)]
    public int AddressPerSecond { get; set; } = 1000;

    /// <summary>How many it may have saved up.</summary>
    [Range(1, 10_000_000)]
    public int AddressBurst { get; set; } = 10_000;
}

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;
