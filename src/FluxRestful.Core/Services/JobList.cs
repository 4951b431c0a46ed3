using System.Runtime.CompilerServices;
using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

/// <summary>The service that knows all jobs. Attributes without a value are missing from its answers (surprise 30).</summary>
public sealed class JobList(BrokerClient client, RpcCredential? credential = null) : FluxService(client, credential)
{
    private static readonly IReadOnlyList<string> All = ["all"];

    /// <summary>Yields jobs: pending ones by priority, then running ones, then inactive ones, newest first.</summary>
    /// <param name="maxEntries">0 for no limit.</param>
    /// <param name="attributes">Null for all. <c>id</c> always comes and need not be named.</param>
    /// <param name="constraint">RFC 31; null for all jobs. Of several t_* constraints only the first counts (surprise 34).</param>
    /// <param name="since">Inactive jobs only if they became so later than this.</param>
    public async IAsyncEnumerable<JsonElement> ListAsync(
        int maxEntries,
        IReadOnlyCollection<string>? attributes,
        JsonElement? constraint,
        double? since,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string topic = "job-list.list";
        var request = Request(topic, new(maxEntries, Named(attributes), since, constraint), FluxJson.Default.ListRequest) with { MaxQueuedBytes = EveryJob };

        // It cannot be cancelled, but is short by nature.
        await foreach (var answer in Client.StreamAsync(request, null, cancellationToken).ConfigureAwait(false))
        {
            foreach (var job in Read(topic, answer, json => json.GetProperty("jobs").EnumerateArray()))
            {
                yield return job;
            }
        }
    }

    /// <summary>
    /// One job; right after its submit too, for this waits until the job is known. With <paramref name="state"/> it waits, for ever if need be
    /// (surprise 7), until the job has been in that state or is inactive.
    /// </summary>
    /// <exception cref="BrokerException">An unknown job is ENOENT and no text (surprise 38).</exception>
    public async Task<JsonElement> GetAsync(
        JobId id, IReadOnlyCollection<string>? attributes, JobState? state, CancellationToken cancellationToken)
    {
        var request = Request("job-list.list-id", new(id.WireValue, Named(attributes), (int?)state), FluxJson.Default.ListIdRequest);
        var answer = await Client.CallAsync(state is null ? request : request with { Timeout = Timeout.InfiniteTimeSpan }, cancellationToken)
            .ConfigureAwait(false);
        return Read(request.Topic, answer, json => json.GetProperty("job"));
    }

    /// <summary>How many jobs are where.</summary>
    public Task<JobStats> StatsAsync(CancellationToken cancellationToken) =>
        Client.CallAsync(Request("job-list.job-stats", new(), FluxJson.Default.EmptyRequest), FluxJson.Default.JobStats, cancellationToken);

    /// <summary>
    /// The same, now and after each change. It cannot be cancelled (surprise 6): leaving stops the reading, but the broker goes on sending until the
    /// connection ends. Keep one for good, or do without.
    /// </summary>
    public async IAsyncEnumerable<JobStats> WatchStatsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = Request("job-list.job-stats", new(), FluxJson.Default.EmptyRequest);
        await foreach (var message in Client.StreamMessagesAsync(request, null, cancellationToken).ConfigureAwait(false))
        {
            yield return RpcPayload.Json(message, FluxJson.Default.JobStats);
        }
    }

    /// <summary>The attributes there are.</summary>
    public async Task<IReadOnlyList<string>> AttributesAsync(CancellationToken cancellationToken) =>
        (await Client.CallAsync(Request("job-list.list-attrs"), FluxJson.Default.ListAttributesAnswer, cancellationToken).ConfigureAwait(false)).Attrs;

    // Naming id is an error (surprise 33).
    private static IReadOnlyList<string> Named(IReadOnlyCollection<string>? attributes) =>
        attributes is null ? All : [.. attributes.Where(name => name != "id")];
}

internal sealed record ListRequest(int MaxEntries, IReadOnlyList<string> Attrs, double? Since, JsonElement? Constraint);

internal sealed record ListIdRequest(long Id, IReadOnlyList<string> Attrs, int? State);

internal sealed record ListAttributesAnswer(IReadOnlyList<string> Attrs);
