using System.Runtime.CompilerServices;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>Opens what a job writes; however many read it, the broker is asked once.</summary>
internal sealed class JobOutputReader(OutputLogs logs, OutputBudget budget, IOptions<JobOptions> options, TimeProvider time)
{
    /// <summary>By lines, for <c>/api/v1</c> and the pages.</summary>
    /// <param name="job">What is known of the job at a moment.</param>
    public OutputView Open(int tenantId, JobId id, Func<JobRecord?> job) => new(id, job, logs, budget.Begin(tenantId), time);

    /// <summary>As text, what there is now; empty if there is nothing yet, or never was.</summary>
    /// <exception cref="OutputBusyException">So much is being read that this does not fit.</exception>
    public async Task<OutputRead> ReadAsync(int tenantId, JobId id, Func<JobRecord?> job, CancellationToken cancellationToken)
    {
        var output = Open(tenantId, id, job);
        try
        {
            return new OutputRead(await new PlainOutput(output).ReadAsync(options.Value.MaxOutputBytes, cancellationToken), output);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>As text, from the beginning to the end of the job. Costs no thread while the job is silent.</summary>
    public async IAsyncEnumerable<string> FollowAsync(
        int tenantId, JobId id, Func<JobRecord?> job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var output = Open(tenantId, id, job);
        await foreach (var piece in new PlainOutput(output).FollowAsync(cancellationToken))
        {
            yield return piece;
        }
    }
}
