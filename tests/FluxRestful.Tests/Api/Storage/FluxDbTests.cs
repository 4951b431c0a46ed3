using FluxRestful.Api.Storage;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Storage;

public sealed class FluxDbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_migrations_lead_to_the_model()
    {
        await using var app = new TestApp();
        await using var db = app.OpenDatabase();
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Token));
    }

    [Fact]
    public async Task What_is_committed_is_on_the_disk_and_readers_do_not_wait()
    {
        await using var app = new TestApp();
        await using var db = app.OpenDatabase();
        Assert.Equal("wal", await AskAsync<string>(db, "PRAGMA journal_mode"));
        Assert.Equal(2, await AskAsync<long>(db, "PRAGMA synchronous"));
        Assert.Equal(5000, await AskAsync<long>(db, "PRAGMA busy_timeout"));
        Assert.Equal(1, await AskAsync<long>(db, "PRAGMA foreign_keys"));
    }

    [Fact]
    public async Task A_tenant_with_jobs_cannot_be_deleted()
    {
        await using var app = new TestApp();
        var alice = await app.AddTenantAsync("alice", "password");
        await using var db = app.OpenDatabase();
        db.SubmittedJobs.Add(new SubmittedJob { RequestId = new string('a', 32), TenantId = alice.Id, SubmittedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync(Token);
        await Assert.ThrowsAnyAsync<Exception>(() => db.Tenants.Where(tenant => tenant.Id == alice.Id).ExecuteDeleteAsync(Token));
        Assert.True(await db.Tenants.AnyAsync(tenant => tenant.Id == alice.Id, Token));
    }

    [Fact]
    public async Task A_job_of_nobody_cannot_be_recorded()
    {
        await using var app = new TestApp();
        await using var db = app.OpenDatabase();
        db.SubmittedJobs.Add(new SubmittedJob { RequestId = new string('a', 32), TenantId = 999, SubmittedAt = DateTimeOffset.UnixEpoch });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Token));
    }

    [Fact]
    public async Task Moments_sort_and_come_back_as_they_were()
    {
        await using var app = new TestApp();
        var alice = await app.AddTenantAsync("alice", "password");
        await using var db = app.OpenDatabase();
        var moments = new List<DateTimeOffset> { At(30), At(10), At(20) };
        db.SubmittedJobs.AddRange(moments.Select((moment, at) => new SubmittedJob { RequestId = $"{at:x32}", TenantId = alice.Id, SubmittedAt = moment }));
        await db.SaveChangesAsync(Token);
        Assert.Equal(moments.Order(), await db.SubmittedJobs.OrderBy(job => job.SubmittedAt).Select(job => job.SubmittedAt).ToListAsync(Token));
    }

    [Fact]
    public async Task An_update_after_one_that_was_killed_does_not_wait_for_it()
    {
        await using var app = new TestApp();
        await using (var db = app.OpenDatabase())
        {
            // What a process leaves behind that dies in the middle of its first migration: EF's lock, and no history.
            await db.Database.OpenConnectionAsync(Token);
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=OFF", Token);
            foreach (var type in db.Model.GetEntityTypes())
            {
#pragma warning disable EF1002 // A name of the model's own.
                await db.Database.ExecuteSqlRawAsync($"DROP TABLE \"{type.GetTableName()}\"", Token);
#pragma warning restore EF1002
            }

            await db.Database.ExecuteSqlRawAsync(
                """
                DELETE FROM "__EFMigrationsHistory";
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT OR REPLACE INTO "__EFMigrationsLock" VALUES (1, '2020-01-01');
                """,
                Token);
        }

        await app.Services.GetRequiredService<DatabaseUpdate>().RunAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        await app.AddTenantAsync("alice", "password");
    }

    private static DateTimeOffset At(int second) => DateTimeOffset.UnixEpoch.AddSeconds(second);

    private static async Task<T> AskAsync<T>(FluxDb db, string pragma)
    {
        await db.Database.OpenConnectionAsync(Token);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }
}
