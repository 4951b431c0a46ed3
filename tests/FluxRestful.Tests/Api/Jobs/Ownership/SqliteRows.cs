using Microsoft.Data.Sqlite;

namespace FluxRestful.Tests.Api.Jobs.Ownership;

/// <summary>The database of a server that is down.</summary>
internal sealed class SqliteRows : IAsyncDisposable
{
    private readonly SqliteConnection _connection;

    internal SqliteRows(DirectoryInfo data)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "flux-restful.db")};Pooling=false");
        _connection.Open();
    }

    internal List<long> JobIds()
    {
        using var command = Command("SELECT JobId FROM SubmittedJobs");
        using var reader = command.ExecuteReader();
        var ids = new List<long>();
        while (reader.Read())
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    /// <summary>As if the server had died before it wrote them.</summary>
    internal void ForgetJobIds()
    {
        using var command = Command("UPDATE SubmittedJobs SET JobId = NULL");
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
