using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Cluster;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Cluster.History;

/// <summary>The samples in the database: each minute of the last day, each quarter of an hour of the last thirty.</summary>
internal sealed class ClusterSamples(IDbContextFactory<FluxDb> databases)
{
    internal static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    internal static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    internal static readonly TimeSpan MinutesKept = TimeSpan.FromHours(24);
    internal static readonly TimeSpan QuartersKept = TimeSpan.FromDays(30);

    /// <summary>What is there already stays: another server of the same instance was faster.</summary>
    internal async Task AddAsync(ClusterSample sample, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.ClusterSamples.AnyAsync(row => row.Step == sample.Step && row.At == sample.At, cancellationToken))
        {
            db.ClusterSamples.Add(sample);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    internal async Task<List<ClusterSample>> ReadAsync(TimeSpan step, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var seconds = (int)step.TotalSeconds;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ClusterSamples.AsNoTracking()
            .Where(row => row.Step == seconds && row.At >= from && row.At < until).OrderBy(row => row.At).ToListAsync(cancellationToken);
    }

    /// <summary>Of the oldest that is kept; null: there is none.</summary>
    internal async Task<DateTimeOffset?> FirstAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ClusterSamples.OrderBy(row => row.At).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(cancellationToken);
    }

    internal async Task PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (minute, quarter) = ((int)Minute.TotalSeconds, (int)Quarter.TotalSeconds);
        var (oldestMinute, oldestQuarter) = (now - MinutesKept, now - QuartersKept);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.ClusterSamples
            .Where(row => (row.Step == minute && row.At < oldestMinute) || (row.Step == quarter && row.At < oldestQuarter))
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>One sample that stands for several.</summary>
    internal static ClusterSample Average(IReadOnlyCollection<ClusterSample> samples, DateTimeOffset at, TimeSpan step) => new()
    {
        Step = (int)step.TotalSeconds,
        At = at,
        CoresAllocated = samples.Average(sample => sample.CoresAllocated),
        CoresFree = samples.Average(sample => sample.CoresFree),
        CoresDown = samples.Average(sample => sample.CoresDown),
        GpusAllocated = samples.Average(sample => sample.GpusAllocated),
        GpusFree = samples.Average(sample => sample.GpusFree),
        GpusDown = samples.Average(sample => sample.GpusDown),
        NodesAllocated = samples.Average(sample => sample.NodesAllocated),
        NodesFree = samples.Average(sample => sample.NodesFree),
        NodesDown = samples.Average(sample => sample.NodesDown),
        Pending = samples.Average(sample => sample.Pending),
        Running = samples.Average(sample => sample.Running),
    };
}
