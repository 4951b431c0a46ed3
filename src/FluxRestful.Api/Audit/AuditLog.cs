using System.Globalization;
using System.Threading.Channels;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Audit;

/// <summary>
/// Who did what, from where, and how it ended: a row in the table and a line in the file. What somebody changed in accounts, tokens, limits or nodes is on the
/// disk before it is answered; what is everyday (<see cref="AuditNames.IsRoutine"/>) is written in the background, and what of it is too much is counted.
/// </summary>
internal sealed partial class AuditLog(IHttpContextAccessor accessor, AuditWriter writer, TimeProvider time, ILogger<AuditLog> logger) : IHostedService, IDisposable
{
    internal const int Waiting = 8192;

    private const int BatchSize = 512;

    // Submits want the database too; nobody waits for these entries.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(3);

    private readonly Channel<AuditWrite> _writes = Channel.CreateBounded<AuditWrite>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private readonly SemaphoreSlim _hurry = new(0);
    private readonly Lock _starting = new();
    private Task? _running;
    private int _dropped;

    /// <summary>Who is asking, and from where. To be taken early by what may outlive the request.</summary>
    internal AuditOrigin Origin() => accessor.HttpContext is { } context
        ? new AuditOrigin(
            context.RequestServices.GetRequiredService<CurrentTenant>().FindActor() ?? AuditOrigin.Nobody, AddressText.Of(context.Connection.RemoteIpAddress))
        : AuditOrigin.Local;

    /// <param name="target">The job, the tenant, the token's name, the nodes; nothing secret.</param>
    internal Task RecordAsync(AuditAction action, string? target, AuditResult result, CancellationToken cancellationToken) =>
        RecordAsync(Origin(), action, target, result, null, cancellationToken);

    /// <summary>Never fails: what cannot be written is told in the server's log, and what was done is done.</summary>
    /// <param name="detail">What it was in a few words (<c>role=operator</c>); nothing secret.</param>
    internal async Task RecordAsync(
        AuditOrigin origin, AuditAction action, string? target, AuditResult result, string? detail, CancellationToken cancellationToken)
    {
        if (AuditNames.IsRoutine(action))
        {
            Post(origin, action, target, result, detail);
        }
        else
        {
            await WriteAsync(NewRecord(origin, action, target, result, detail), cancellationToken);
        }
    }

    /// <summary>For who cannot wait: written in the background, counted if it is too much.</summary>
    internal void Post(AuditOrigin origin, AuditAction action, string? target, AuditResult result, string? detail)
    {
        if (!_writes.Writer.TryWrite(new AuditWrite(NewRecord(origin, action, target, result, detail), null)))
        {
            Interlocked.Increment(ref _dropped);
        }

        Start();
    }

    /// <summary>Returns when everything that was recorded before is there to be read.</summary>
    internal Task FlushAsync(CancellationToken cancellationToken) => WriteAsync(null, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>While the database can still be reached.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Whoever asks for the end a second time waits for it like the first.
        if (_writes.Writer.TryComplete())
        {
            _hurry.Release();
        }

        if (_running is { } running)
        {
            // Its own bound: the host's may have been used up by what was stopped before.
            await running.WaitAsync(LongestDrain, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _hurry.Dispose();

    // Whoever goes away meanwhile does not take the entry along.
    private async Task WriteAsync(AuditRecord? record, CancellationToken cancellationToken)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Start();
        try
        {
            await _writes.Writer.WriteAsync(new AuditWrite(record, written), CancellationToken.None);
        }
        catch (ChannelClosedException)
        {
            Lost(1);
            return;
        }

        _hurry.Release();
        await written.Task.WaitAsync(cancellationToken);
    }

    // At the first entry: a verb of the command line has no host that would start it.
    private void Start()
    {
        if (_running is null)
        {
            lock (_starting)
            {
                _running ??= Task.Run(RunAsync);
            }
        }
    }

    private async Task RunAsync()
    {
        var batch = new List<AuditWrite>(BatchSize);
        while (await _writes.Reader.WaitToReadAsync(CancellationToken.None))
        {
            if (await _hurry.WaitAsync(Gathering, CancellationToken.None))
            {
                while (_hurry.Wait(0, CancellationToken.None))
                {
                    // One batch for all who are in a hurry.
                }
            }

            do
            {
                while (batch.Count < BatchSize && _writes.Reader.TryRead(out var write))
                {
                    batch.Add(write);
                }

                await WriteBatchAsync(batch);
                batch.Clear();
            }
            while (_writes.Reader.Count > 0);
        }
    }

    private async Task WriteBatchAsync(List<AuditWrite> batch)
    {
        var records = batch.Where(write => write.Record is not null).Select(write => write.Record!).ToList();
        if (Interlocked.Exchange(ref _dropped, 0) is var dropped and > 0)
        {
            Dropped(dropped);
            records.Add(NewRecord(
                AuditOrigin.Local, AuditAction.AuditDropped, null, AuditResult.Failed, string.Create(CultureInfo.InvariantCulture, $"{dropped} entries")));
        }

        await writer.WriteAsync(records, CancellationToken.None);
        batch.ForEach(write => write.Written?.TrySetResult());
    }

    private AuditRecord NewRecord(AuditOrigin origin, AuditAction action, string? target, AuditResult result, string? detail) => new()
    {
        At = time.GetUtcNow(),
        Actor = AuditText.Clean(origin.Actor)!,
        Address = AuditText.Clean(origin.Address),
        Action = AuditNames.Of(action),
        Target = AuditText.Clean(target),
        Result = AuditNames.Of(result),
        Detail = AuditText.Clean(detail),
        IsRoutine = AuditNames.IsRoutine(action),
    };

    [LoggerMessage(LogLevel.Error, "{Count} audit entries were lost: the server is ending")]
    private partial void Lost(int count);

    [LoggerMessage(LogLevel.Warning, "{Count} audit entries were dropped: more came than could be written")]
    private partial void Dropped(int count);
}
