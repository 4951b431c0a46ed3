using System.Runtime.CompilerServices;
using System.Text.Json;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services.Errors;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

// How to follow a job without falling into the traps of guest.* paths.
public sealed partial class JobInfo
{
    private static readonly FluxMessage Mark = new() { Type = MessageType.Response };
    private static readonly TimeSpan FirstSilence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Yields a job's output to its end, whether the job is pending, running or over: the answers as they came, for
    /// <see cref="Jobs.Output.OutputEntryReader"/>, and between them once, at least, the mark that all that was there at the beginning has been told
    /// (<see cref="IsMark"/>). A job that never ran ends without any. Leaving at any moment ends what is watched at the broker. One message a line: 12 MB of
    /// output can be 35 MB on the wire (surprise 54).
    /// </summary>
    /// <remarks>
    /// Opening guest.output while the job starts is ENOENT (surprise 4), and asking to wait for it hangs for ever if the job ends at that moment
    /// (surprise 3). guest.exec.eventlog has neither trap: it waits for the start, and when <c>shell.init</c> stands there so does the output.
    /// </remarks>
    /// <param name="skip">How many entries were read before.</param>
    /// <exception cref="BrokerException">There is no such job (<see cref="JobErrors.IsUnknownJob"/>), or another error.</exception>
    /// <exception cref="BrokerSlowConsumerException">The reader fell too far behind; it may follow again, past what it has read.</exception>
    /// <exception cref="TimeoutException">The job is over, but the broker does not end its logs.</exception>
    public async IAsyncEnumerable<FluxMessage> WatchOutputAsync(JobId id, long skip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isThere = false;
        await foreach (var message in MessagesAsync(id, Output, JobWatchFlags.Initial, skip, cancellationToken).ConfigureAwait(false))
        {
            isThere = true;
            yield return message;
        }

        if (isThere)
        {
            yield break;
        }

        // Nothing is there yet, or never will be.
        yield return Mark;
        if (await SeesAsync(id, ["shell.init", "complete"], cancellationToken).ConfigureAwait(false))
        {
            await foreach (var message in MessagesAsync(id, Output, JobWatchFlags.None, skip, cancellationToken).ConfigureAwait(false))
            {
                yield return message;
            }
        }
    }

    /// <summary>Whether this is no entry but the mark of <see cref="WatchOutputAsync"/>.</summary>
    public static bool IsMark(FluxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return !message.Flags.HasFlag(MessageFlags.Payload);
    }

    /// <summary>Waits until the job's tasks can hear a signal (surprise 11).</summary>
    /// <returns>False if the job ended, or never got so far.</returns>
    /// <inheritdoc cref="WatchOutputAsync" path="/exception"/>
    public Task<bool> WaitForTasksAsync(JobId id, CancellationToken cancellationToken) => SeesAsync(id, ["shell.start"], cancellationToken);

    // Whether one of these events comes before the log ends.
    private async Task<bool> SeesAsync(JobId id, string[] names, CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync(id, ExecEventlog, 0, cancellationToken).ConfigureAwait(false))
        {
            if (names.Contains(EventOf(line).Name))
            {
                return true;
            }
        }

        return false;
    }

    // A log to its end, line by line.
    private async IAsyncEnumerable<string> LinesAsync(JobId id, string path, long skip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in MessagesAsync(id, path, JobWatchFlags.None, skip, cancellationToken).ConfigureAwait(false))
        {
            yield return LineOf(message);
        }
    }

    // A log to its end. A watch that stays silent although its job is over is opened once more, past what was read, and then given up (surprise 3).
    private async IAsyncEnumerable<FluxMessage> MessagesAsync(
        JobId id, string path, JobWatchFlags flags, long skip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var isLast = false; ; isLast = true)
        {
            var isStuck = false;
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var messages = WatchMessagesAsync(id, path, flags, skip, leaving.Token).GetAsyncEnumerator(leaving.Token);
            var next = Task.FromResult(true);
            try
            {
                while (true)
                {
                    next = MovesAsync(messages, id, leaving.Token).AsTask();
                    isStuck = await IsStuckAsync(next, id, cancellationToken).ConfigureAwait(false);
                    if (isStuck || !await next.ConfigureAwait(false))
                    {
                        break;
                    }

                    // What is passed over shows itself now and then, without its payload.
                    if (IsMark(messages.Current))
                    {
                        yield return messages.Current;
                    }
                    else if (messages.Current.Payload is not null)
                    {
                        skip++;
                        yield return messages.Current;
                    }
                }
            }
            finally
            {
                // It must not be disposed while it moves.
                await leaving.CancelAsync().ConfigureAwait(false);
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await messages.DisposeAsync().ConfigureAwait(false);
            }

            if (!isStuck)
            {
                yield break;
            }

            if (isLast)
            {
                throw new TimeoutException($"Job {id} is over, but the broker does not end its {path}.");
            }
        }
    }

    // A log that is not there belongs to a job that never ran: it has ended before it began. Of a job that is not there either, the lookup says so.
    private async ValueTask<bool> MovesAsync(IAsyncEnumerator<FluxMessage> messages, JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return await messages.MoveNextAsync().ConfigureAwait(false);
        }
        catch (BrokerException e) when (e.Errnum == Errno.ENOENT)
        {
            await LookupAsync(id, [Eventlog], JobLookupFlags.None, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    // Waits for the next line, as long as the job may still write one.
    private async Task<bool> IsStuckAsync(Task<bool> next, JobId id, CancellationToken cancellationToken)
    {
        var isOver = false;
        for (var patience = FirstSilence; !next.IsCompleted; patience = isOver ? FirstSilence : patience * 2 < LongestSilence ? patience * 2 : LongestSilence)
        {
            await ((Task)next).WaitAsync(patience, Client.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (next.IsCompleted)
            {
                break;
            }

            if (isOver)
            {
                return true;
            }

            isOver = await IsOverAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<bool> IsOverAsync(JobId id, CancellationToken cancellationToken)
    {
        var values = await LookupAsync(id, [Eventlog], JobLookupFlags.None, cancellationToken).ConfigureAwait(false);
        var log = values.TryGetValue(Eventlog, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.TrimEnd('\n') : "";
        return log.Length > 0 && EventOf(log[(log.LastIndexOf('\n') + 1)..]).Name == "clean";
    }

    private static JobEvent EventOf(string line)
    {
        try
        {
            return JobEvent.Parse(line);
        }
        catch (FormatException e)
        {
            throw new ProtocolException("A line of a job's event log is no event.", e);
        }
    }
}
