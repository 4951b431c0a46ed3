using System.Runtime.CompilerServices;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Output;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Messages;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>Reads what a job writes, from the broker's event logs, past their traps (surprises 3, 4, 8).</summary>
internal sealed class JobOutputReader(BrokerConnection broker, OutputLogs logs, OutputBudget budget, IOptions<JobOptions> options, TimeProvider time)
{
    // Even the watch of a finished job gets an end, should the broker not give it one.
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(30);

    private JobInfo Info => new(broker.Client);

    /// <summary>By lines, for <c>/api/v1</c> and the pages.</summary>
    /// <param name="job">What is known of the job at a moment.</param>
    public OutputView Open(int tenantId, JobId id, Func<JobRecord?> job) => new(id, job, logs, budget.Begin(tenantId), time);

    /// <summary>What there is now, line by line; empty if there is nothing yet, or never was.</summary>
    /// <exception cref="TimeoutException">The broker did not tell in time.</exception>
    /// <exception cref="OutputBusyException">So much is being read that this does not fit.</exception>
    public async Task<OutputRead> ReadAsync(int tenantId, JobId id, CancellationToken cancellationToken)
    {
        var share = budget.Begin(tenantId);
        try
        {
            return new OutputRead(await ReadAsync(id, share, cancellationToken), share);
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    /// <summary>All of it from the beginning, then what comes, to the end of the job. Costs no thread while the job is silent.</summary>
    public async IAsyncEnumerable<string> FollowAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = new OutputText();
        await foreach (var line in LinesAsync(id, cancellationToken))
        {
            if (text.Read(JobOutput.Parse(line)) is { Length: > 0 } piece)
            {
                yield return piece;
            }
        }
    }

    private async Task<IReadOnlyList<string>> ReadAsync(JobId id, OutputShare share, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(LongestRead, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var lines = new OutputLines(options.Value.MaxOutputBytes, share);
        try
        {
            await foreach (var line in Info.WatchEventlogAsync(id, JobInfo.Output, JobWatchFlags.Initial, either.Token))
            {
                if (line is null || !lines.Add(JobOutput.Parse(line)))
                {
                    break;
                }
            }
        }
        catch (BrokerException none) when (none.Errnum == Errno.ENOENT)
        {
            // It has not begun to write.
        }
        catch (BrokerSlowConsumerException)
        {
            lines.CutOff();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The broker did not end the output in time.");
        }

        return lines.Finish();
    }

    /// <summary>
    /// A reader that is slower than the job falls behind what may wait for it; the link then ends the stream rather than hoard. It is opened anew,
    /// past what was read, and the broker keeps the rest.
    /// </summary>
    private async IAsyncEnumerable<string> LinesAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0L;
        for (var again = true; again;)
        {
            again = false;
            var before = read;
            await using var lines = Info.FollowOutputAsync(id, read, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await lines.MoveNextAsync())
                    {
                        break;
                    }
                }
                catch (BrokerSlowConsumerException) when (read > before)
                {
                    again = true;
                    break;
                }

                read++;
                yield return lines.Current;
            }
        }
    }
}
