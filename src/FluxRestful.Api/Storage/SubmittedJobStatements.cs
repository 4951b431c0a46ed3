using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FluxRestful.Api.Storage;

/// <summary>
/// The writes of <see cref="SubmittedJob"/> as prepared statements, for one transaction. Every submit passes here twice, and building each write from an
/// expression costs more than SQLite's share of it. Values are parameters; the texts hold none.
/// </summary>
internal sealed class SubmittedJobStatements(FluxDb db, IDbContextTransaction transaction) : IDisposable
{
    private const string InsertIfMissing = """INSERT INTO "SubmittedJobs" ("RequestId", "TenantId", "JobId", "SubmittedAt") VALUES ($request, $tenant, $job, $at) ON CONFLICT ("RequestId") DO NOTHING""";
    private const string Update = """UPDATE "SubmittedJobs" SET "JobId" = $job WHERE "RequestId" = $request AND "JobId" IS NULL""";
    private const string Delete = """DELETE FROM "SubmittedJobs" WHERE "RequestId" = $request""";

    private readonly Dictionary<string, DbCommand> _prepared = [];

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
    }

    // SQLite has no asynchronous calls; the one writer that comes here has a task of its own.
    private void Run(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!_prepared.TryGetValue(text, out var command))
        {
            command = Prepare(text, values);
        }

        foreach (var (name, value) in values)
        {
            command.Parameters[name].Value = value;
        }

        command.ExecuteNonQuery();
    }

    private DbCommand Prepare(string text, ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
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
