using FluxRestful.Api.Audit;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Cluster;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Announcements;

/// <summary>What whoever runs the server has to say on every page. Read once, for every page asks for it.</summary>
internal sealed class AnnouncementBoard(IDbContextFactory<FluxDb> databases, AuditLog audit, TimeProvider time) : IHostedService
{
    internal const int Longest = 500;

    private volatile Announcement? _now;

    /// <summary>Null: there is nothing to say.</summary>
    internal Announcement? Now => _now;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        _now = await db.Announcements.AsNoTracking().FirstOrDefaultAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <param name="text">Empty: nothing any more.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    internal async Task SetAsync(string text, string by, CancellationToken cancellationToken)
    {
        var said = text.Length == 0 ? null : new Announcement { Text = text, By = by, At = time.GetUtcNow() };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Announcements.ExecuteDeleteAsync(cancellationToken);
        if (said is not null)
        {
            db.Announcements.Add(said);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        _now = said;
        await audit.RecordAsync(audit.Origin(), AuditAction.AnnouncementSet, null, AuditResult.Done, said?.Text, cancellationToken);
    }
}
