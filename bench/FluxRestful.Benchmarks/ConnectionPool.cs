using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace FluxRestful.Benchmarks;

/// <summary>A connection for each worker, opened before the clock starts.</summary>
internal sealed class ConnectionPool : IDisposable
{
    private readonly ServerProcess _server;
    private readonly List<HttpConnection> _connections = [];

    private ConnectionPool(ServerProcess server) => _server = server;

    public static async Task<ConnectionPool> OpenAsync(ServerProcess server, int count, CancellationToken cancellationToken)
    {
        var pool = new ConnectionPool(server);
        for (var i = 0; i < count; i++)
        {
            pool._connections.Add(await HttpConnection.OpenAsync(server.Port, cancellationToken));
        }

        return pool;
    }

    public async Task SendAsync(int worker, string method, string path, CancellationToken cancellationToken)
    {
        var request = HttpConnection.Request(method, path, _server.Authorization, _server.Port);
        var (status, _) = await _connections[worker].SendAsync(request, cancellationToken);
        if (status != 200)
        {
            throw new InvalidOperationException($"{method} {path} answered {status}.");
        }
    }

    /// <summary>The ids of the first jobs of the listing.</summary>
    public async Task<List<long>> JobIdsAsync(int count, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_server.Port}") };
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(_server.Authorization);
        var page = await http.GetFromJsonAsync<JsonElement>($"/v1/jobs/search?start=0&length={count}&draw=1", cancellationToken);
        return [.. page.GetProperty("data").EnumerateArray().Select(job => job.GetProperty("id").GetInt64())];
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());
}
