using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Pages.Jobs.List.Cancel;

/// <summary>What a cancellation came to, told by the page that it leads back to.</summary>
public sealed record CancelReport
{
    [FromQuery(Name = "canceled")]
    public int? Canceled { get; init; }

    /// <summary>Had ended before.</summary>
    [FromQuery(Name = "late")]
    public int? Late { get; init; }

    /// <summary>Flux, or a right, was in the way.</summary>
    [FromQuery(Name = "refused")]
    public int? Refused { get; init; }

    /// <summary>Copies that were submitted.</summary>
    [FromQuery(Name = "submitted")]
    public int? Submitted { get; init; }

    internal bool IsThere => Submitted is not null || Canceled is not null || Late is not null || Refused is not null;

    internal string Text => Submitted is { } made
        ? $"{Words.Counts.Of(made, "job")} submitted{(Refused is > 0 and var not ? $", {Words.Counts.Of(not)} could not be" : "")}."
        : $"{Words.Counts.Of(Canceled ?? 0, "job")} canceled"
        + (Late is > 0 and var late ? $", {Words.Counts.Of(late)} had already ended" : "")
        + (Refused is > 0 and var refused ? $", {Words.Counts.Of(refused)} could not be canceled" : "") + ".";

    internal string On(string address) => System.Globalization.CultureInfo.InvariantCulture is var plain && address.Contains('?', StringComparison.Ordinal)
        ? string.Create(plain, $"{address}&canceled={Canceled}&late={Late}&refused={Refused}")
        : string.Create(plain, $"{address}?canceled={Canceled}&late={Late}&refused={Refused}");
}
