namespace FluxRestful.Api.Pages.Jobs.List;

/// <summary>What narrows the list besides the tab: each with what it says, and the way back without it.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Word">What is read.</param>
/// <param name="Value">What was asked for.</param>
/// <param name="Without">The same address without it.</param>
internal sealed record JobsChip(string Name, string Word, string Value, JobsAddress Without)
{
    internal static IEnumerable<JobsChip> Of(JobsAddress address) =>
        ((JobsChip[])
        [
            new("text", "contains", address.Text?.Trim() ?? "", address with { Text = null }),
            new("queue", "queue", address.Queue ?? "", address with { Queue = null }),
            new("owner", "user", address.Owner ?? "", address with { Owner = null }),
            new("node", "on node", address.Node ?? "", address with { Node = null }),
            new("tag", "tag", address.Tag ?? "", address with { Tag = null }),
            new("since", "since", address.Since ?? "", address with { Since = null }),
            new("until", "until", address.Until ?? "", address with { Until = null }),
            new("longer", "ran at least", address.Longer ?? "", address with { Longer = null }),
            new("shorter", "ran at most", address.Shorter ?? "", address with { Shorter = null }),
        ]).Where(chip => chip.Value.Length > 0);

    internal static JobsAddress None(JobsAddress address) => address with
    {
        Text = null,
        Queue = null,
        Owner = null,
        Node = null,
        Tag = null,
        Since = null,
        Until = null,
        Longer = null,
        Shorter = null,
    };
}
