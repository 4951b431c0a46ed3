using System.Runtime.CompilerServices;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Core.Services;

/// <summary>The one stream that tells everything about every job. There are no events to subscribe to instead (surprise 13).</summary>
public sealed class EventsJournal(BrokerClient client) : FluxService(client, null)
{
    /// <summary>
    /// Yields a backlog, one entry a job, then an entry that <see cref="JournalEntry.IsCaughtUp"/>, then each event as it happens. It ends normally
    /// when the broker shuts down. Owner only.
    /// </summary>
    /// <param name="full">Inactive jobs too.</param>
    /// <exception cref="BrokerDisconnectedException">The link was lost: start again, and replace what is known.</exception>
    public async IAsyncEnumerable<JournalEntry> WatchAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string topic = "job-manager.events-journal";
        var request = Request(topic, new(full), FluxJson.Default.JournalRequest) with { MaxQueuedBytes = EveryJob };
        await foreach (var answer in Client.StreamAsync(request, topic + "-cancel", cancellationToken).ConfigureAwait(false))
        {
            yield return Read(topic, answer, JournalEntry.FromJson);
        }
    }
}

internal sealed record JournalRequest(bool Full);
