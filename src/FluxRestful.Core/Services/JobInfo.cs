using System.Runtime.CompilerServices;
using System.Text.Json;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

/// <summary>The service that reads what is stored about a job.</summary>
public sealed partial class JobInfo(BrokerClient client, RpcCredential? credential = null) : FluxService(client, credential)
{
    private const string WatchTopic = "job-info.eventlog-watch";

    /// <summary>The event log of the job itself; ends after <c>clean</c>.</summary>
    public const string Eventlog = "eventlog";

    /// <summary>The event log of its shell: <c>shell.init</c>, <c>shell.start</c>, <c>complete</c>.</summary>
    public const string ExecEventlog = "guest.exec.eventlog";

    /// <summary>What its tasks wrote (RFC 24).</summary>
    public const string Output = "guest.output";

    /// <summary>
    /// Reads keys: <c>eventlog</c>, <c>jobspec</c> (without environment, surprise 47), <c>R</c>, <c>J</c>, <c>guest.output</c>, <c>guest.exec.eventlog</c>,
    /// <c>guest.input</c>. Values are text, but see <see cref="JobLookupFlags.Json"/>. The eventlog lags some 10 ms behind what the journal told
    /// (surprise 12); <see cref="JobManager.GetAttributesAsync"/> does not.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, JsonElement>> LookupAsync(
        JobId id, IReadOnlyList<string> keys, JobLookupFlags flags, CancellationToken cancellationToken)
    {
        var request = Request("job-info.lookup", new(id.WireValue, keys, (int)flags), FluxJson.Default.LookupRequest);
        var answer = await Client.CallAsync(request, cancellationToken).ConfigureAwait(false);
        return Read(request.Topic, answer, json => json.EnumerateObject()
            .Where(member => member.Name != "id").ToDictionary(member => member.Name, member => member.Value));
    }

    /// <summary>Yields the lines of an event log: what is there, then what comes, until it is complete. A null is the mark of <see cref="JobWatchFlags.Initial"/>.</summary>
    /// <param name="path">An event log. On any other key this never ends (surprise 8).</param>
    public async IAsyncEnumerable<string?> WatchEventlogAsync(
        JobId id, string path, JobWatchFlags flags, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in WatchMessagesAsync(id, path, flags, 0, cancellationToken).ConfigureAwait(false))
        {
            yield return IsMark(message) ? null : LineOf(message);
        }
    }

    private static string LineOf(FluxMessage message) => Read(WatchTopic, RpcPayload.Json(message), json => json.GetProperty("event").GetString())!;

    // Past the lines that were read before.
    private IAsyncEnumerable<FluxMessage> WatchMessagesAsync(JobId id, string path, JobWatchFlags flags, long skip, CancellationToken cancellationToken)
    {
        var request = Request(WatchTopic, new(id.WireValue, path, (int)flags), FluxJson.Default.WatchRequest) with { Skip = skip };
        return Client.StreamMessagesAsync(request, WatchTopic + "-cancel", cancellationToken);
    }

    /// <summary>Yields <c>R</c> or <c>jobspec</c> now and after each update, until the job ends.</summary>
    public async IAsyncEnumerable<JsonElement> WatchUpdatesAsync(JobId id, string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string topic = "job-info.update-watch";
        var request = Request(topic, new(id.WireValue, key, 0), FluxJson.Default.UpdateWatchRequest);
        await foreach (var answer in Client.StreamAsync(request, topic + "-cancel", cancellationToken).ConfigureAwait(false))
        {
            yield return Read(topic, answer, json => json.GetProperty(key));
        }
    }
}

internal sealed record LookupRequest(long Id, IReadOnlyList<string> Keys, int Flags);

internal sealed record WatchRequest(long Id, string Path, int Flags);

internal sealed record UpdateWatchRequest(long Id, string Key, int Flags);
