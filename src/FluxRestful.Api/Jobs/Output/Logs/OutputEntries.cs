using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Output;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;

namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>Reads an output from the broker, entry by entry. One that comes faster than it is taken in is opened anew behind what was read.</summary>
internal static class OutputEntries
{
    /// <param name="take">Takes an entry; false to stop.</param>
    /// <param name="hasAll">All that was there at the beginning has been taken.</param>
    /// <returns>The time of the last entry.</returns>
    internal static async Task<double> ReadAsync(
        JobInfo info, JobId id, Func<OutputEntryReader, bool> take, Action hasAll, CancellationToken cancellationToken)
    {
        var entry = new OutputEntryReader();
        var read = 0L;
        for (var again = true; again;)
        {
            again = false;
            var before = read;
            try
            {
                await foreach (var message in info.WatchOutputAsync(id, read, cancellationToken))
                {
                    if (JobInfo.IsMark(message))
                    {
                        hasAll();
                        continue;
                    }

                    read++;
                    entry.ReadMessage(RpcPayload.Bytes(message).Span);
                    if (!take(entry))
                    {
                        return entry.Timestamp;
                    }
                }
            }
            catch (BrokerSlowConsumerException) when (read > before)
            {
                again = true;
            }
        }

        return read == 0 ? 0 : entry.Timestamp;
    }
}
