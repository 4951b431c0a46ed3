using System.Text.Json;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace FluxRestful.Tests.Api.Audit;

public sealed class AuditLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_administrator_does_is_in_table_and_file_before_it_is_answered()
    {
        await using var app = new TestApp();
        await app.AddTenantAsync("alice", "password");
        await using (var db = app.OpenDatabase())
        {
            var row = Assert.Single(db.AuditRecords.Where(row => row.Target == "alice"));
            Assert.Equal(("(local)", "tenant-add", "done", "role=user", null), (row.Actor, row.Action, row.Result, row.Detail, row.Address));
        }

        Assert.Contains(Lines(app), line => line.GetProperty("action").GetString() == "server-start");
        Assert.Equal("tenant-add", Lines(app)[^1].GetProperty("action").GetString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileOf(app)));
    }

    [Fact]
    public async Task A_thousand_everyday_entries_at_once_are_all_there_after_a_flush()
    {
        await using var app = new TestApp();
        var audit = app.Services.GetRequiredService<AuditLog>();
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => audit.RecordAsync(AuditAction.JobSubmit, $"f{number}", AuditResult.Done, Token)));
        await audit.FlushAsync(Token);
        await using var db = app.OpenDatabase();
        Assert.Equal(1000, db.AuditRecords.Count(row => row.Action == "job-submit"));
        Assert.Equal(1000, Lines(app).Count(line => line.GetProperty("action").GetString() == "job-submit"));
    }

    [Fact]
    public async Task What_nobody_waited_for_is_written_when_the_server_ends()
    {
        var data = Directory.CreateTempSubdirectory("flux-restful-test-");
        try
        {
            var app = new TestApp { KeptDataDirectory = Path.Combine(data.FullName, "data") };
            await app.Services.GetRequiredService<AuditLog>().RecordAsync(AuditAction.JobCancel, "f1", AuditResult.Done, Token);
            await app.DisposeAsync();
            Assert.Contains("job-cancel", await File.ReadAllTextAsync(FileOf(app), Token), StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Too_many_everyday_entries_are_counted_and_the_others_are_all_kept()
    {
        await using var app = new TestApp();
        var audit = app.Services.GetRequiredService<AuditLog>();
        await audit.FlushAsync(Token);
        await using var db = app.OpenDatabase();
        // Somebody holds the database: the writer has to wait.
        await using (var held = await db.Database.BeginTransactionAsync(Token))
        {
            await db.Database.ExecuteSqlRawAsync("UPDATE \"Tenants\" SET \"Role\" = \"Role\"", Token);
            for (var number = 0; number < 2 * AuditLog.Waiting; number++)
            {
                await audit.RecordAsync(AuditAction.JobSubmit, $"f{number}", AuditResult.Done, Token);
            }

            var kept = audit.RecordAsync(AuditAction.NodeDrain, "node7", AuditResult.Done, Token);
            Assert.False(kept.IsCompleted);
            await held.RollbackAsync(Token);
            await kept;
        }

        await audit.FlushAsync(Token);
        Assert.Single(db.AuditRecords.Where(row => row.Action == "node-drain"));
        var written = db.AuditRecords.Count(row => row.Action == "job-submit");
        var counts = db.AuditRecords.Where(row => row.Action == "audit-dropped").Select(row => row.Detail!).ToList();
        Assert.Equal(2 * AuditLog.Waiting, written + counts.Sum(detail => int.Parse(detail.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.NotEmpty(counts);
    }

    [Fact]
    public async Task The_table_keeps_so_many_rows_and_no_flood_of_everyday_ones_pushes_out_the_others()
    {
        await using var app = new TestApp { Settings = { ["Audit:MaxRows"] = "50" } };
        var audit = app.Services.GetRequiredService<AuditLog>();
        await audit.RecordAsync(AuditAction.ServiceStop, "kept", AuditResult.Done, Token);
        for (var number = 0; number < 500; number++)
        {
            await audit.RecordAsync(AuditAction.JobSubmit, $"f{number}", AuditResult.Done, Token);
            if (number % 50 == 0)
            {
                await audit.FlushAsync(Token);
            }
        }

        await audit.FlushAsync(Token);
        await using var db = app.OpenDatabase();
        Assert.InRange(db.AuditRecords.Count(row => row.IsRoutine), 50, 60);
        Assert.Single(db.AuditRecords.Where(row => row.Target == "f499"));
        Assert.Single(db.AuditRecords.Where(row => row.Target == "kept"));
    }

    [Fact]
    public async Task A_file_that_is_full_makes_room_and_the_oldest_goes()
    {
        await using var app = new TestApp { Settings = { ["Audit:MaxFileBytes"] = "1024", ["Audit:Files"] = "3" } };
        var audit = app.Services.GetRequiredService<AuditLog>();
        for (var number = 0; number < 50; number++)
        {
            await audit.RecordAsync(AuditAction.NodeDrain, $"node{number}", AuditResult.Done, Token);
        }

        var files = Directory.GetFiles(app.DataDirectory, "audit.jsonl*").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["audit.jsonl", "audit.jsonl.1", "audit.jsonl.2"], files.Select(Path.GetFileName));
        Assert.All(files, file =>
        {
            Assert.InRange(new FileInfo(file).Length, 1, 1024);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        });
        Assert.Equal("node49", Lines(app)[^1].GetProperty("target").GetString());
    }

    [Fact]
    public async Task Line_breaks_and_escapes_in_what_others_chose_forge_nothing()
    {
        await using var app = new TestApp();
        var audit = app.Services.GetRequiredService<AuditLog>();
        await audit.RecordAsync(AuditAction.NodeDrain, "n1\n{\"actor\":\"root\"}\r\u001b[2J\u2028", AuditResult.Done, Token);
        var line = Lines(app)[^1];
        Assert.Equal("n1\uFFFD{\"actor\":\"root\"}\uFFFD\uFFFD[2J\uFFFD", line.GetProperty("target").GetString());
        Assert.Equal("(local)", line.GetProperty("actor").GetString());
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_stops_nobody_and_the_table_has_it_all_the_same()
    {
        var log = new MemoryLog();
        await using var app = new TestApp { Settings = { ["Audit:File"] = "/proc/audit.jsonl" }, ConfigureServices = services => services.AddSingleton<ILogEventSink>(log) };
        await app.AddTenantAsync("alice", "password");
        await using var db = app.OpenDatabase();
        Assert.Single(db.AuditRecords.Where(row => row.Target == "alice"));
        Assert.Contains("could not be written into the audit file", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_cannot_be_written_stops_nobody_and_the_file_has_it_all_the_same()
    {
        await using var app = new TestApp();
        await app.AddTenantAsync("alice", "password");
        await using (var db = app.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TABLE \"AuditRecords\"", Token);
        }

        Assert.True(await app.Services.GetRequiredService<TenantAccounts>().SetDisabledAsync("alice", true, Token));
        Assert.Equal("tenant-disable", Lines(app)[^1].GetProperty("action").GetString());
    }

    private static string FileOf(TestApp app) => Path.Combine(app.DataDirectory, "audit.jsonl");

    private static List<JsonElement> Lines(TestApp app) => [.. File.ReadAllLines(FileOf(app)).Select(line => JsonElement.Parse(line))];
}
