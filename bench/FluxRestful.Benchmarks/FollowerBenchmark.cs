namespace FluxRestful.Benchmarks;

/// <summary>A thousand clients follow jobs that print nothing; what that costs, and what others notice of it.</summary>
internal static class FollowerBenchmark
{
    private const int Followers = 1_000;
    private const int Jobs = 10;
    private const int Reads = 5_000;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(cancellationToken);
        using var connections = await ConnectionPool.OpenAsync(server, 4, cancellationToken);
        await Load.RunAsync(1, Jobs, (worker, token) => connections.SendAsync(worker, "POST", "/v1/jobs/submit?command=sleep+600", token), cancellationToken);
        var ids = await connections.JobIdsAsync(Jobs, cancellationToken);
        var alone = await ReadAsync(connections, ids[0], cancellationToken);
        var before = server.ResidentMegabytes;
        var followers = new List<HttpConnection>();
        try
        {
            for (var i = 0; i < Followers; i++)
            {
                var follower = await HttpConnection.OpenAsync(server.Port, cancellationToken);
                followers.Add(follower);
                var path = $"/v1/jobs/{ids[i % Jobs]}/output/stream";
                await follower.OpenStreamAsync(HttpConnection.Request("GET", path, server.Authorization, server.Port), cancellationToken);
            }

            var among = await ReadAsync(connections, ids[0], cancellationToken);
            Console.WriteLine($"resident without followers {before:F0} MB, with {Followers} followers {server.ResidentMegabytes:F0} MB");
            Console.WriteLine($"reads without followers {alone}");
            Console.WriteLine($"reads beside followers  {among}");
        }
        finally
        {
            followers.ForEach(follower => follower.Dispose());
            foreach (var id in ids)
            {
                await connections.SendAsync(0, "POST", $"/v1/jobs/{id}/cancel", cancellationToken);
            }
        }
    }

    private static async Task<Sample> ReadAsync(ConnectionPool connections, long id, CancellationToken cancellationToken)
    {
        await Load.RunAsync(4, Reads / 5, (worker, token) => connections.SendAsync(worker, "GET", $"/v1/jobs/{id}", token), cancellationToken);
        return await Load.RunAsync(4, Reads, (worker, token) => connections.SendAsync(worker, "GET", $"/v1/jobs/{id}", token), cancellationToken);
    }
}
