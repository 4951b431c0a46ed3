using System.Globalization;

namespace FluxRestful.Api.Jobs.Events;

/// <summary>Names an event: in which life of the index, and the how manieth.</summary>
internal readonly record struct JobEventId(string Epoch, long Sequence)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Sequence}");

    /// <summary>What is no id of ours is one of another life: the events after it are not known.</summary>
    public static JobEventId Parse(string text) =>
        text.LastIndexOf('-') is > 0 and var dash && long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new(text[..dash], sequence)
            : new("", 0);
}
