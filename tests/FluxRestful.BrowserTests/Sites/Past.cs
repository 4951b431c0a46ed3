using Microsoft.Data.Sqlite;

namespace FluxRestful.BrowserTests.Sites;

/// <summary>Gives a server the past that it would have after weeks.</summary>
internal static class Past
{
    /// <summary>So many jobs of the first tenant that ended in the last thirty days and that Flux has purged; the one of yesterday failed with exit code 5. The server reads them when it starts.</summary>
    internal static async Task WriteJobsAsync(Server server, int count, string failed)
    {
        await using var connection = new SqliteConnection($"Data Source={server.DatabasePath};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            WITH RECURSIVE job(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM job WHERE i < $count)
            INSERT INTO EndedJobs (JobId, Submitted, Ended, TenantId, Owner, RequestId, UserId, Urgency, Priority, StatesSeen, DependAt, PriorityAt, SchedAt, RunAt, CleanupAt,
                                   Name, Command, Tasks, Nodes, Cores, Duration, Ranks, NodeList, WaitStatus, Success, Result)
            SELECT i << 24, at, at + 61, tenant.Id, tenant.Name, printf('%032x', i), 0, 16, 16, 126, at, at, at, at + 1, at + 61,
                   CASE i WHEN $yesterday THEN $failed ELSE 'night-' || i END, 'python train.py --part ' || i, 1, 1, 4, 3600, '0', 'node0',
                   CASE i WHEN $yesterday THEN 1280 ELSE 0 END, i <> $yesterday, CASE i WHEN $yesterday THEN 2 ELSE 1 END
            FROM (SELECT i, $now - 61 - ($count - i) * (30 * 86400.0 / $count) AS at FROM job), (SELECT Id, Name FROM Tenants WHERE Name = $owner) AS tenant
            """;
        foreach (var (name, value) in ((string, object)[])
        [
            ("$count", count), ("$yesterday", count - (count / 30)), ("$failed", failed), ("$owner", Server.Alice), ("$now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0),
        ])
        {
            command.Parameters.AddWithValue(name, value);
        }

        Assert.Equal(count, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Thirty days of the cluster: a day and a night each day, and an hour last night in which the server was away.</summary>
    internal static async Task WriteAsync(Server server)
    {
        await using var connection = new SqliteConnection($"Data Source={server.DatabasePath};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT OR IGNORE INTO ClusterSamples (Step, At, CoresAllocated, CoresFree, CoresDown, GpusAllocated, GpusFree, GpusDown, NodesAllocated, NodesFree, NodesDown, Pending, Running)
            VALUES ($step, $at, $used, $free, 8, 0, 0, 0, $nodes, $nodesFree, 1, $pending, $running)
            """;
        foreach (var name in (string[])["$step", "$at", "$used", "$free", "$nodes", "$nodesFree", "$pending", "$running"])
        {
            command.Parameters.Add(new SqliteParameter(name, 0));
        }

        var now = TimeProvider.System.GetUtcNow();
        foreach (var (step, count) in ((int, int)[])[(60, 24 * 60), (900, 30 * 96)])
        {
            var last = now.ToUnixTimeSeconds() / step * step;
            for (var i = 1; i <= count; i++)
            {
                var at = last - (i * step);
                if (step == 60 && i is > 500 and < 560)
                {
                    continue;
                }

                var load = .55 + (.4 * Math.Sin(at / 86400.0 * 2 * Math.PI)) + (.05 * Math.Sin(at / 700.0));
                var used = (int)(120 * Math.Clamp(load, 0, 1));
                object[] values = [step, at * 1000L, used, 120 - used, (used + 7) / 8, 15 - ((used + 7) / 8), Math.Max(0, (int)(40 * (load - .5))), used / 3];
                for (var place = 0; place < values.Length; place++)
                {
                    command.Parameters[place].Value = values[place];
                }

                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
        }

        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }
}
