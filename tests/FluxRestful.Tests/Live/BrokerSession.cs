using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Core;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Output;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Signing;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Tests.Live;

/// <summary>A connection to some broker, with what tests say over it in the broker's own words. Nothing in it waits longer than its patience.</summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _patience = new(Patience, TimeProvider.System);
    private readonly CancellationTokenSource _either;

    internal BrokerSession(string uri)
    {
        _either = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token, TestContext.Current.CancellationToken);
        Client = new BrokerClient(
            new BrokerClientOptions { Uri = uri, Backoff = new() { Maximum = TimeSpan.FromMilliseconds(200) } },
            TimeProvider.System,
            NullLogger<BrokerClient>.Instance);
    }

    internal BrokerClient Client { get; }

    internal CancellationToken Token => _either.Token;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _either.Dispose();
        _patience.Dispose();
    }

    internal static RpcRequest Request(string topic, object? payload) =>
        new(topic) { Payload = payload is null ? default(ReadOnlyMemory<byte>?) : JsonSerializer.SerializeToUtf8Bytes(payload) };

    internal Task<JsonElement> CallAsync(string topic, object? payload = null) => Client.CallAsync(Request(topic, payload), Token);

    /// <summary>The broker's refusal of a request.</summary>
    internal async Task<(int Errnum, string Text)> RefusalAsync(string topic, object? payload = null)
    {
        var refusal = await Assert.ThrowsAsync<BrokerException>(() => CallAsync(topic, payload));
        return (refusal.Errnum, refusal.ErrorText);
    }

    internal async Task<JobId> SubmitAsync(JsonNode jobspec, int urgency = 16, int flags = 0) =>
        IdIn(await CallAsync("job-ingest.submit", new { J = Sign(jobspec), urgency, flags }));

    internal Task<JobId> SubmitAsync(params string[] command) => SubmitAsync(Jobspecs.Of(command));

    internal static string Sign(JsonNode jobspec) =>
        UnsignedJobspec.Sign((uint)UserId.Mine, Encoding.UTF8.GetBytes(jobspec.ToJsonString()));

    /// <summary>The job's record once it is, or has been, in a state.</summary>
    internal async Task<JsonElement> ReachAsync(JobId id, JobState state) =>
        (await CallAsync("job-list.list-id", new { id = id.WireValue, attrs = (string[])["all"], state = (int)state })).GetProperty("job");

    internal Task<JsonElement> EndAsync(JobId id) => ReachAsync(id, JobState.Inactive);

    /// <summary>Submits and waits for the end.</summary>
    internal async Task<JsonElement> RunAsync(JsonNode jobspec) => await EndAsync(await SubmitAsync(jobspec));

    internal async Task<JsonElement> GetAsync(JobId id) =>
        (await CallAsync("job-list.list-id", new { id = id.WireValue, attrs = (string[])["all"] })).GetProperty("job");

    internal Task CancelAsync(JobId id, string? note = null) => CallAsync(
        "job-manager.raise",
        note is null ? new { id = id.WireValue, severity = 0, type = "cancel" } : new { id = id.WireValue, severity = 0, type = "cancel", note });

    /// <summary>The lines of an eventlog as they come; null is the sentinel.</summary>
    internal IAsyncEnumerable<JobEvent?> WatchAsync(JobId id, string path, int flags = 0) => WatchUntilAsync(id, path, flags, Token);

    /// <summary>The same, until somebody loses interest.</summary>
    internal async IAsyncEnumerable<JobEvent?> WatchUntilAsync(
        JobId id, string path, int flags, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync(id, path, flags, cancellationToken))
        {
            yield return line is null ? null : JobEvent.Parse(line);
        }
    }

    /// <summary>The entries of the output of a job that has started its shell or has ended, as they come.</summary>
    internal async IAsyncEnumerable<OutputEntry> WatchOutputAsync(JobId id, int flags = 0)
    {
        await foreach (var line in LinesAsync(id, "guest.output", flags, Token))
        {
            yield return OutputEntry.Read(line!);
        }
    }

    private async IAsyncEnumerable<string?> LinesAsync(JobId id, string path, int flags, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = Request("job-info.eventlog-watch", new { id = id.WireValue, path, flags });
        await foreach (var answer in Client.StreamAsync(request, "job-info.eventlog-watch-cancel", cancellationToken))
        {
            yield return answer.ValueKind == JsonValueKind.Undefined ? null : answer.GetProperty("event").GetString()!;
        }
    }

    /// <summary>Waits until a job with prompt output has written something.</summary>
    internal async Task WrittenAsync(JobId id)
    {
        await ExecEventAsync(id, "shell.init");
        await foreach (var each in WatchOutputAsync(id))
        {
            if (each is { Kind: OutputEntryKind.Data, IsEof: false })
            {
                return;
            }
        }

        throw new InvalidOperationException("The job wrote nothing.");
    }

    /// <summary>Waits for an event of <c>guest.exec.eventlog</c>, which tells it at any time.</summary>
    internal async Task<JobEvent> ExecEventAsync(JobId id, string name)
    {
        await foreach (var each in WatchAsync(id, "guest.exec.eventlog"))
        {
            if (each?.Name == name)
            {
                return each;
            }
        }

        throw new InvalidOperationException($"The job's exec eventlog ended without {name}.");
    }

    /// <summary>What a job wrote, once it has ended.</summary>
    internal async Task<byte[]> OutputAsync(JobId id, string stream = "stdout", string? rank = null)
    {
        await EndAsync(id);
        return OutputEntry.BytesOf(await OutputEventsAsync(id), stream, rank);
    }

    internal async Task<string> TextAsync(JobId id, string stream = "stdout", string? rank = null) =>
        Encoding.UTF8.GetString(await OutputAsync(id, stream, rank));

    /// <summary>Everything in the output of a job that has started its shell or has ended.</summary>
    internal Task<List<OutputEntry>> OutputEventsAsync(JobId id, int flags = 0) => WatchOutputAsync(id, flags).ToListAsync(Token).AsTask();

    internal async Task<List<JsonElement>> ListAsync(object constraint, int maxEntries = 0, params string[] attrs) =>
        [.. (await CallAsync("job-list.list", new { max_entries = maxEntries, attrs = attrs.Length == 0 ? ["all"] : attrs, constraint }))
            .GetProperty("jobs").EnumerateArray()];

    internal async IAsyncEnumerable<JournalEntry> JournalAsync(bool full)
    {
        await foreach (var answer in Client.StreamAsync(Request("job-manager.events-journal", new { full }), "job-manager.events-journal-cancel", Token))
        {
            yield return JournalEntry.FromJson(answer);
        }
    }

    internal static JobId IdIn(JsonElement answer) => JobId.FromWire(answer.GetProperty("id").GetInt64());
}
