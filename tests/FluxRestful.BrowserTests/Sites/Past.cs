using Microsoft.Data.Sqlite;

namespace FluxRestful.BrowserTests.Sites;

/// <summary>Gives a server the history that it would have after thirty days: a day and a night each day, and an hour last night in which it was away.</summary>
internal static class Past
{
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
