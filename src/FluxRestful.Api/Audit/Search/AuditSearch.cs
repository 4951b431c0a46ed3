using System.Globalization;
using FluxRestful.Api.Storage;
using FluxRestful.Contracts.Audit;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Audit.Search;

/// <summary>Reads who did what, newest first.</summary>
internal sealed class AuditSearch(IDbContextFactory<FluxDb> databases, AuditLog log)
{
    internal async Task<AuditPage> RunAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        await log.FlushAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await Matching(db.AuditRecords.AsNoTracking(), filter).OrderByDescending(row => row.Id).Take(filter.Limit + 1).ToListAsync(cancellationToken);
        var cursor = rows.Count > filter.Limit ? rows[filter.Limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return new AuditPage([.. rows.Take(filter.Limit).Select(AuditEntries.Of)], cursor);
    }

    private static IQueryable<AuditRecord> Matching(IQueryable<AuditRecord> rows, AuditFilter filter)
    {
        rows = filter.Before is { } before ? rows.Where(row => row.Id < before) : rows;
        rows = filter.Actor is { } actor ? rows.Where(row => row.Actor == actor) : rows;
        rows = filter.Action is { } action ? rows.Where(row => row.Action == action) : rows;
        rows = filter.Target is { } target ? rows.Where(row => row.Target == target) : rows;
        rows = filter.Result is { } result ? rows.Where(row => row.Result == result) : rows;
        rows = filter.Address is { } address ? rows.Where(row => row.Address == address) : rows;
        rows = filter.Since is { } since ? rows.Where(row => row.At >= since) : rows;
        return filter.Until is { } until ? rows.Where(row => row.At < until) : rows;
    }
}
