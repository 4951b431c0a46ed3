namespace FluxRestful.Api.Pages.Submit.Bounds;

/// <summary>How much a job may ask for: by the instance, by its queue, and by the account. What nobody knows or limits is null.</summary>
/// <param name="Nodes">Nodes of one job.</param>
/// <param name="Tasks">Tasks of one core each.</param>
/// <param name="Cores">Cores of one task: of the largest node.</param>
/// <param name="Gpus">GPUs of one task.</param>
/// <param name="HasGpus">Whether there are any.</param>
/// <param name="Duration">Seconds.</param>
/// <param name="All">What the instance has.</param>
/// <param name="Quota">What is left of the account's own limits.</param>
public sealed record SubmitBounds(
    int? Nodes, int? Tasks, int? Cores, int? Gpus, bool HasGpus, double? Duration, (int Nodes, int Cores, int Gpus)? All, IReadOnlyList<QuotaLine> Quota)
{
    internal static readonly SubmitBounds Unknown = new(null, null, null, null, true, null, null, []);
}

/// <summary>One of the account's limits.</summary>
/// <param name="What">What is limited.</param>
/// <param name="Used">How much of it is used; null: it is for each job by itself.</param>
/// <param name="Most">The limit.</param>
public sealed record QuotaLine(string What, int? Used, int Most)
{
    internal int? Left => Used is { } used ? Math.Max(0, Most - used) : null;
}
