using System.Data.Common;
using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FluxRestful.Api.Audit;

/// <summary>One prepared statement for many entries: every submit is one, and building each from an expression costs more than SQLite's share of it.</summary>
internal static class AuditStatement
{
    private const string Text = """
        INSERT INTO "AuditRecords" ("At", "Actor", "Address", "Action", "Target", "Result", "Detail", "IsRoutine")
        VALUES ($at, $actor, $address, $action, $target, $result, $detail, $routine)
        """;

    private static readonly string[] Names = ["$at", "$actor", "$address", "$action", "$target", "$result", "$detail", "$routine"];

    internal static void Insert(FluxDb db, IDbContextTransaction transaction, IEnumerable<AuditRecord> records)
    {
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = Text;
        foreach (var name in Names)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        foreach (var record in records)
        {
            Set(command.Parameters, record);
            command.ExecuteNonQuery();
        }
    }

    private static void Set(DbParameterCollection parameters, AuditRecord record)
    {
        object?[] values =
            [record.At.ToUnixTimeMilliseconds(), record.Actor, record.Address, record.Action, record.Target, record.Result, record.Detail, record.IsRoutine];
        for (var at = 0; at < Names.Length; at++)
        {
            parameters[at].Value = values[at] ?? DBNull.Value;
        }
    }
}
