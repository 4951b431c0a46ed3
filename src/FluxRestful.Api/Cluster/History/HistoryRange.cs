namespace FluxRestful.Api.Cluster.History;

/// <summary>How far back somebody looks, and how coarse that is shown.</summary>
/// <param name="Name">As it stands in addresses.</param>
/// <param name="Length">How far back.</param>
/// <param name="Step">What a sample stands for.</param>
/// <param name="EndedStep">For how long the ends of jobs are counted together.</param>
internal sealed record HistoryRange(string Name, TimeSpan Length, TimeSpan Step, TimeSpan EndedStep)
{
    internal static readonly IReadOnlyList<HistoryRange> All =
    [
        new("1h", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)),
        new("24h", TimeSpan.FromHours(24), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)),
        new("7d", TimeSpan.FromDays(7), TimeSpan.FromMinutes(30), TimeSpan.FromHours(6)),
        new("30d", TimeSpan.FromDays(30), TimeSpan.FromHours(2), TimeSpan.FromDays(1)),
    ];

    internal static HistoryRange Usual => All[1];

    /// <summary>Null: there is none of that name.</summary>
    internal static HistoryRange? Find(string? name) => string.IsNullOrEmpty(name) ? Usual : All.FirstOrDefault(range => range.Name == name);

    internal static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => new(at.UtcTicks - (at.UtcTicks % step.Ticks), TimeSpan.Zero);
}
