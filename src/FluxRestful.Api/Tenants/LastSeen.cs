using System.Collections.Concurrent;
using FluxRestful.Api.Access;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Notes;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tenants;

/// <summary>When a tenant, and a browser's session, was last seen.</summary>
internal sealed class LastSeen(IDbContextFactory<FluxDb> databases, TimeProvider time, ILogger<LastSeen> logger) : NoteWriter(time, logger)
{
    private readonly ConcurrentDictionary<int, DateTimeOffset> _tenants = new();
    private readonly ConcurrentDictionary<int, DateTimeOffset> _sessions = new();

    internal void Note(Credential credential)
    {
        var now = Now;
        _tenants[credential.TenantId] = now;
        if (credential.Session is { } session)
        {
            _sessions[session.Id] = now;
        }
    }

    /// <summary>Later than the database knows; null: not since it was written.</summary>
    internal DateTimeOffset? OfTenant(int id) => _tenants.TryGetValue(id, out var at) ? at : null;

    /// <summary>Later than the database knows; null: not since it was written.</summary>
    internal DateTimeOffset? OfSession(int id) => _sessions.TryGetValue(id, out var at) ? at : null;

    protected override async Task WriteAsync(CancellationToken cancellationToken)
    {
        var (tenants, sessions) = (_tenants.ToArray(), _sessions.ToArray());
        if (tenants.Length + sessions.Length == 0)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var (id, at) in tenants)
        {
            await db.Tenants.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(tenant => tenant.LastSeenAt, at), cancellationToken);
        }

        foreach (var (id, at) in sessions)
        {
            await db.BrowserSessions.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(session => session.LastSeenAt, at), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        // Seen again meanwhile: that stays to be written.
        Array.ForEach(tenants, one => _tenants.TryRemove(one));
        Array.ForEach(sessions, one => _sessions.TryRemove(one));
    }
}

internal static class LastSeenMiddleware
{
    /// <summary>After authentication.</summary>
    internal static void UseLastSeen(this IApplicationBuilder app)
    {
        var seen = app.ApplicationServices.GetRequiredService<LastSeen>();
        app.Use((context, next) =>
        {
            if (Credential.Find(context) is { } credential)
            {
                seen.Note(credential);
            }

            return next(context);
        });
    }
}
