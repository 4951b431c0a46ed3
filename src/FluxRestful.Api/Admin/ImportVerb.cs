using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using Microsoft.Data.Sqlite;

namespace FluxRestful.Api.Admin;

/// <summary>
/// Takes over the accounts of a flux-restful-api database with their passwords' hashes, which are renewed when somebody signs in. Who is here already stays as he is,
/// so that it can be done again.
/// </summary>
internal sealed class ImportVerb(TenantAccounts accounts, VerbOutput output)
{
    private const string Query = """SELECT "user_name", "hashed_password", "is_active", "is_superuser" FROM "user" ORDER BY "id" """;

    // $2b$12$ and 53 characters of salt and hash; passlib writes 2b, older ones 2a and 2y.
    private const int LengthOfHash = 60;

    internal async Task<int> RunAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return await output.FailAsync($"there is no file {file}");
        }

        List<RestfulUser> users;
        try
        {
            users = await ReadAsync(file, cancellationToken);
        }
        catch (Exception failure) when (failure is SqliteException or InvalidCastException or FormatException)
        {
            return await output.FailAsync($"{file} is no database of flux-restful-api: {failure.Message}");
        }

        var skipped = 0;
        foreach (var user in users)
        {
            var (isGood, said) = await ImportAsync(user, cancellationToken);
            skipped += isGood ? 0 : 1;
            await output.DoneAsync(said);
        }

        await output.DoneAsync($"{users.Count - skipped} of {users.Count} users are here");
        return skipped == 0 ? AdminVerbs.Done : AdminVerbs.Failed;
    }

    private async Task<(bool IsGood, string Said)> ImportAsync(RestfulUser user, CancellationToken cancellationToken)
    {
        if (TenantName.Problem(user.Name) is { } problem)
        {
            return (false, $"a user was left out: {problem}");
        }

        if (!IsBcrypt(user.PasswordHash))
        {
            return (false, $"'{user.Name}' was left out: its password is not a BCrypt hash");
        }

        var account = new NewTenant(user.Name, user.IsSuperuser ? Role.Superuser : Role.User) { IsDisabled = !user.IsActive };
        return (await accounts.ImportAsync(account, user.PasswordHash, cancellationToken)).IsDone
            ? (true, $"'{user.Name}' was imported as {RoleName.Of(account.Role)}{(account.IsDisabled ? ", disabled" : "")}")
            : (true, $"'{user.Name}' was here already and stays as it is");
    }

    private static async Task<List<RestfulUser>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        await using var connection = new SqliteConnection(source.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = Query;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var users = new List<RestfulUser>();
        while (await reader.ReadAsync(cancellationToken))
        {
            // SQLAlchemy's defaults are its own: a row that was written past it has NULLs.
            users.Add(new RestfulUser(
                reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) || reader.GetBoolean(2), !reader.IsDBNull(3) && reader.GetBoolean(3)));
        }

        return users;
    }

    private static bool IsBcrypt(string hash) => hash.Length == LengthOfHash && hash is ['$', '2', 'a' or 'b' or 'y', '$', ..];

    private sealed record RestfulUser(string Name, string PasswordHash, bool IsActive, bool IsSuperuser);
}
