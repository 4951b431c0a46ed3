using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Audit;

/// <summary>Puts entries into the table and into the file, each whether or not the other can be written, and takes the oldest away. For one caller at a time.</summary>
internal sealed partial class AuditWriter(IDbContextFactory<FluxDb> databases, AuditFile file, IOptions<AuditOptions> options, ILogger<AuditWriter> logger)
{
    private const int MostPrunedAtOnce = 5000;

    private readonly int _rowsBetweenPrunings = Math.Clamp(options.Value.MaxRows / 10, 1, 1000);
    private int _rowsSincePruning = int.MaxValue / 2;

    internal async Task WriteAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return;
        }

        try
        {
            await InsertAsync(records, cancellationToken);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            TableFailed(records.Count, failure);
        }

        try
        {
            await file.AppendAsync(records, cancellationToken);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            FileFailed(records.Count, failure);
        }
    }

    private async Task InsertAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (records.All(record => record.IsRoutine))
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL", cancellationToken);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        AuditStatement.Insert(db, transaction, records);
        if ((_rowsSincePruning += records.Count) >= _rowsBetweenPrunings)
        {
            _rowsSincePruning = 0;
            await PruneAsync(db, isRoutine: true, cancellationToken);
            await PruneAsync(db, isRoutine: false, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private Task<int> PruneAsync(FluxDb db, bool isRoutine, CancellationToken cancellationToken) => db.AuditRecords
        .Where(row => row.IsRoutine == isRoutine).OrderByDescending(row => row.Id)
        .Skip(options.Value.MaxRows).Take(MostPrunedAtOnce)
        .ExecuteDeleteAsync(cancellationToken);

    [LoggerMessage(LogLevel.Error, "{Count} audit entries could not be written into the database")]
    private partial void TableFailed(int count, Exception failure);

    [LoggerMessage(LogLevel.Error, "{Count} audit entries could not be written into the audit file")]
    private partial void FileFailed(int count, Exception failure);
}
