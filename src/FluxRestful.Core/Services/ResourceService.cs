using System.Runtime.CompilerServices;
using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

/// <summary>The nodes of the instance.</summary>
public sealed class ResourceService(BrokerClient client, RpcCredential? credential = null) : FluxService(client, credential)
{
    /// <summary>What there is, and which ranks are up, drained, excluded.</summary>
    public Task<ResourceStatus> StatusAsync(CancellationToken cancellationToken) =>
        Client.CallAsync(Request("resource.status"), FluxJson.Default.ResourceStatus, cancellationToken);

    /// <summary>What there is, what is down and what is allocated; these two overlap on a drained node with jobs (surprise 52).</summary>
    public Task<SchedStatus> SchedStatusAsync(CancellationToken cancellationToken) =>
        Client.CallAsync(Request("resource.sched-status"), FluxJson.Default.SchedStatus, cancellationToken);

    /// <summary>Gives nodes no more jobs; those that run there stay (surprise 52).</summary>
    /// <param name="targets">An idset of ranks or a hostlist.</param>
    public Task DrainAsync(string targets, string? reason, DrainMode? mode, CancellationToken cancellationToken)
    {
        var how = mode switch { null => null, DrainMode.Update => "update", _ => "overwrite" };
        return DoAsync("resource.drain", new(targets, reason, how), FluxJson.Default.DrainRequest, cancellationToken);
    }

    /// <summary>Gives nodes jobs again. One that is not drained fails them all with EEXIST (surprise 41).</summary>
    public Task UndrainAsync(string targets, CancellationToken cancellationToken) =>
        DoAsync("resource.undrain", new(targets, null, null), FluxJson.Default.DrainRequest, cancellationToken);

    /// <summary>Yields what happened to nodes, then an entry that <see cref="ResourceJournalEntry.IsCaughtUp"/>, then what happens.</summary>
    public async IAsyncEnumerable<ResourceJournalEntry> JournalAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string topic = "resource.journal";
        var request = Request(topic, new(), FluxJson.Default.EmptyRequest);
        await foreach (var answer in Client.StreamAsync(request, topic + "-cancel", cancellationToken).ConfigureAwait(false))
        {
            yield return Read(topic, answer, json => new ResourceJournalEntry(
                [.. json.GetProperty("events").EnumerateArray().Select(JobEvent.FromJson)],
                json.TryGetProperty("R", out var r) && r.ValueKind == JsonValueKind.Object ? r : null));
        }
    }
}

internal sealed record DrainRequest(string Targets, string? Reason, string? Mode);
