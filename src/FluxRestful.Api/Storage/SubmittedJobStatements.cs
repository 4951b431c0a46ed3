using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Storage;

/// <summary>
/// The writes of <see cref="SubmittedJob"/> as prepared statements over a connection of their own. Every submit passes here twice, and opening a connection
/// and building each write from an expression cost more than SQLite's share of it. Values are parameters; the texts hold none.
/// </summary>
internal sealed class SubmittedJobStatements : IDisposable
{
    private const string InsertIfMissing = """INSERT INTO "SubmittedJobs" ("RequestId", "TenantId", "JobId", "SubmittedAt") VALUES ($request, $tenant, $job, $at) ON CONFLICT ("RequestId") DO NOTHING""";
    private const string Update = """UPDATE "SubmittedJobs" SET "JobId" = $job WHERE "RequestId" = $request AND "JobId" IS NULL""";
    private const string Delete = """DELETE FROM "SubmittedJobs" WHERE "RequestId" = $request""";

    private readonly Dictionary<string, DbCommand> _prepared = [];
    private readonly FluxDb _db;
    private DbTransaction? _transaction;

    private SubmittedJobStatements(FluxDb db) => _db = db;

    public static async Task<SubmittedJobStatements> OpenAsync(IDbContextFactory<FluxDb> databases, CancellationToken cancellationToken)
    {
        var db = await databases.CreateDbContextAsync(cancellationToken);
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            // A commit reaches the log; that the log reaches the disk is the business of DatabaseFlush.
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL", cancellationToken);
            return new SubmittedJobStatements(db);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>All that comes until the transaction is committed is one write.</summary>
    public DbTransaction Begin() => _transaction = _db.Database.GetDbConnection().BeginTransaction();

    public void AddIfMissing(string requestId, int tenantId, long? jobId, DateTimeOffset submittedAt) => Run(
        InsertIfMissing, ("$request", requestId), ("$tenant", tenantId), ("$job", jobId ?? (object)DBNull.Value), ("$at", submittedAt.ToUnixTimeMilliseconds()));

    /// <summary>Once: a row that has a job keeps it.</summary>
    public void SetJobId(string requestId, long? jobId) => Run(Update, ("$request", requestId), ("$job", jobId ?? (object)DBNull.Value));

    public void Remove(string requestId) => Run(Delete, ("$request", requestId));

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _db.Dispose();
    }

    // SQLite has no asynchronous calls; the one writer that comes here has a task of its own.
    private void Run(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!_prepared.TryGetValue(text, out var command))
        {
            command = Prepare(text, values);
        }

        command.Transaction = _transaction;
        foreach (var (name, value) in values)
        {
            command.Parameters[name].Value = value;
        }

        command.ExecuteNonQuery();
    }

    private DbCommand Prepare(string text, ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _db.Database.GetDbConnection().CreateCommand();
        command.Transaction = _transaction;
#pragma warning disable CA2100 // One of the constants above.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        return _prepared[text] = command;
    }
}
