using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FluxRestful.Api.Storage.Past;

/// <summary>
/// Inserts <see cref="EndedJob"/> with one prepared statement. Every job passes here when it ends, and EF's tracking and building of each insert cost several times
/// what SQLite's share is. Columns and values are those of the model; the text holds no values.
/// </summary>
internal static class EndedJobStatement
{
    private static readonly ConcurrentDictionary<IModel, (string Text, IReadOnlyList<IProperty> Columns)> Inserts = new();

    /// <summary>All of them in one commit; one that is there stays as it is.</summary>
    internal static async Task InsertAsync(FluxDb db, IReadOnlyCollection<EndedJob> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0)
        {
            return;
        }

        var (text, columns) = Inserts.GetOrAdd(db.Model, Describe);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = db.Database.GetDbConnection();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Names of the model.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var column in columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "$" + column.Name;
            command.Parameters.Add(parameter);
        }

        foreach (var job in jobs)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                command.Parameters[i].Value = columns[i].GetGetter().GetClrValue(job) ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static (string Text, IReadOnlyList<IProperty> Columns) Describe(IModel model)
    {
        var entity = model.FindEntityType(typeof(EndedJob))!;
        IProperty[] columns = [.. entity.GetProperties()];
        var names = string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""));
        var values = string.Join(", ", columns.Select(column => "$" + column.Name));
        return ($"INSERT INTO \"{entity.GetTableName()}\" ({names}) VALUES ({values}) ON CONFLICT DO NOTHING", columns);
    }
}
