using System.Threading.Channels;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tenants.Departures;

/// <summary>
/// Cancels the jobs of accounts that were deleted with that wish. The wish is in the database: it outlives the server, and an admin verb, which has no broker,
/// can leave one too.
/// </summary>
internal sealed partial class DepartedJobs(
    IDbContextFactory<FluxDb> databases, JobIndex index, BrokerConnection broker, TenantQuotas quotas, TimeProvider time, ILogger<DepartedJobs> logger)
    : BackgroundService
{
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>An account has just been deleted.</summary>
    internal void LookNow() => _bell.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await index.Ready.WaitAsync(stoppingToken);
                await CancelAllAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // The wish stays; the next look tries again.
                Failed(failure);
            }

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            Task bell = _bell.Reader.WaitToReadAsync(pause.Token).AsTask();
            await Task.WhenAny(bell, Task.Delay(Pause, time, pause.Token));
            await pause.CancelAsync();
            await bell.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _bell.Reader.TryRead(out _);
        }
    }

    private async Task CancelAllAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var departed = await db.Tenants.IgnoreQueryFilters().Where(row => row.CancelsJobs).ToListAsync(cancellationToken);
        foreach (var tenant in departed.TakeWhile(_ => index.IsLive))
        {
            quotas.TryClose(tenant.Id, onlyIfIdle: false);
            await CancelJobsOfAsync(tenant.Id, cancellationToken);
            if (quotas.UseOf(tenant.Id).ActiveJobs == 0)
            {
                tenant.CancelsJobs = false;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task CancelJobsOfAsync(int tenantId, CancellationToken cancellationToken)
    {
        foreach (var job in index.List(tenantId).Select(entry => entry.Record).Where(job => job.State != JobState.Inactive).ToList())
        {
            try
            {
                await new JobManager(broker.Client).CancelAsync(job.Id, "the account was deleted", cancellationToken);
            }
            catch (BrokerException failure) when (!failure.IsTransient)
            {
                // It has ended meanwhile; if not, it is there at the next look.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The jobs of deleted accounts could not be cancelled; trying again")]
    private partial void Failed(Exception failure);
}
