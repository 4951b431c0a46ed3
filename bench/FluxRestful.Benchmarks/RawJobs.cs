using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Core;
using FluxRestful.Core.Services;
using FluxRestful.Core.Signing;

namespace FluxRestful.Benchmarks;

/// <summary>
/// Jobs for Core's own link like those that the server makes: each with a mark of the same size and no two alike. Of a thousand jobs that are alike
/// a broker stores the jobspec once, which would make the raw side faster than any server with something to say in a job can be.
/// </summary>
internal sealed class RawJobs
{
    private readonly uint _owner;
    private readonly string _jobspec;
    private ConcurrentQueue<string> _ready = [];

    private RawJobs(uint owner, string jobspec) => (_owner, _jobspec) = (owner, jobspec);

    public static async Task<RawJobs> LikeThoseOfAsync(ServerProcess server, BrokerClient client, CancellationToken cancellationToken)
    {
        var owner = await new BrokerAttributes(client).GetAsync("security.owner", cancellationToken)
            ?? throw new InvalidOperationException("The broker does not say who owns it.");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(server.Authorization);
        using var answer = await http.PostAsJsonAsync("/api/v1/jobs?dryRun=true", new { command = (string[])["true"] }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var forecast = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return new(uint.Parse(owner, CultureInfo.InvariantCulture), forecast!["jobspec"]!.ToJsonString());
    }

    /// <summary>Signs so many jobs ahead, so that the clock measures the broker.</summary>
    public void Prepare(int count) => _ready = new(Enumerable.Range(0, count).Select(Next));

    public Task SubmitAsync(JobIngest ingest, CancellationToken cancellationToken) => _ready.TryDequeue(out var signed)
        ? ingest.SubmitAsync(signed, 16, default, cancellationToken)
        : throw new InvalidOperationException("More jobs are submitted than were prepared.");

    private string Next(int number)
    {
        var jobspec = JsonNode.Parse(_jobspec)!;
        jobspec["attributes"]!["system"]!["job"] = new JsonObject { ["name"] = $"job-{number}" };
        jobspec["attributes"]!["user"] = new JsonObject
        {
            ["restful"] = new JsonObject
            {
                ["tenant"] = "bench",
                ["request"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
                ["mac"] = RandomNumberGenerator.GetHexString(64, lowercase: true),
            },
        };
        return UnsignedJobspec.Sign(_owner, JsonSerializer.SerializeToUtf8Bytes(jobspec));
    }
}
