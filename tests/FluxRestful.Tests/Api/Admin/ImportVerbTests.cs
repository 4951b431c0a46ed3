using FluxRestful.Api.Admin;
using FluxRestful.Tests.Fakes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace FluxRestful.Tests.Api.Admin;

public sealed class ImportVerbTests : IAsyncLifetime
{
    // What libxcrypt made of "peanutbutter", in the form that passlib writes.
    private const string PasslibHash = "$2b$04$abcdefghijklmnopqrstuumYyS14scKxKq5uqzNmw82tRA9ML56jq";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("flux-restful-test-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_root.FullName, "old.db");

    public async ValueTask InitializeAsync()
    {
        await ExecuteAsync("""
            CREATE TABLE "user" (id INTEGER NOT NULL PRIMARY KEY, user_name VARCHAR NOT NULL, hashed_password VARCHAR NOT NULL, is_active BOOLEAN, is_superuser BOOLEAN);
            CREATE UNIQUE INDEX ix_user_user_name ON "user" (user_name);
            """);
    }

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Accounts_come_with_their_passwords_and_again_nothing_changes()
    {
        await AddAsync("peenut", PasslibHash, true, false);
        await AddAsync("boss", PasslibHash, null, true);
        await AddAsync("gone", PasslibHash, false, false);
        await using var app = new TestApp();
        using var anonymous = app.Anonymous();
        var (code, output, errors) = await RunAsync(app);
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            ["'peenut' was imported as user", "'boss' was imported as superuser", "'gone' was imported as user, disabled", "3 of 3 users are here"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(404, (int)(await app.BasicClientFor("peenut", "peanutbutter").GetAsync("/v1/x", Token)).StatusCode);
        Assert.Equal(400, (int)(await app.BasicClientFor("gone", "peanutbutter").GetAsync("/v1/x", Token)).StatusCode);
        Assert.Equal(401, (int)(await app.BasicClientFor("peenut", "peanutbutter2").GetAsync("/v1/x", Token)).StatusCode);

        (code, output, _) = await RunAsync(app);
        Assert.Equal(0, code);
        Assert.StartsWith("'peenut' was here already and stays as it is", output, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await app.BasicClientFor("peenut", "peanutbutter").GetAsync("/v1/x", Token)).StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_an_account_is_left_out_and_said()
    {
        await AddAsync("with space", PasslibHash, true, false);
        await AddAsync("plain", "peanutbutter", true, false);
        await AddAsync("alice", PasslibHash, true, false);
        await using var app = new TestApp();
        using var anonymous = app.Anonymous();
        var (code, output, _) = await RunAsync(app);
        Assert.Equal(1, code);
        Assert.Contains("a user was left out: a tenant's name", output, StringComparison.Ordinal);
        Assert.Contains("'plain' was left out: its password is not a BCrypt hash", output, StringComparison.Ordinal);
        Assert.EndsWith("1 of 3 users are here\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_database_is_refused_and_not_changed()
    {
        await ExecuteAsync("""DROP TABLE "user";""");
        var before = await System.IO.File.ReadAllBytesAsync(File, Token);
        await using var app = new TestApp();
        using var anonymous = app.Anonymous();
        var (code, _, errors) = await RunAsync(app);
        Assert.Equal(1, code);
        Assert.Contains("is no database of flux-restful-api", errors, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, Token));
    }

    private Task AddAsync(string name, string hash, bool? isActive, bool? isSuperuser) => ExecuteAsync(
        """INSERT INTO "user" (user_name, hashed_password, is_active, is_superuser) VALUES ($name, $hash, $active, $super)""",
        ("$name", name), ("$hash", hash), ("$active", (object?)isActive ?? DBNull.Value), ("$super", (object?)isSuperuser ?? DBNull.Value));

    private async Task ExecuteAsync(string text, params (string Name, object Value)[] values)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are above.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await command.ExecuteNonQueryAsync(Token);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(TestApp app)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("FLUX_RESTFUL_DATA", app.DataDirectory)]).Build();
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await new AdminVerbs(configuration, TextReader.Null, output, errors).RunAsync(CommandLine.Parse(["import-users", File]), Token);
        return (code, output.ToString(), errors.ToString());
    }
}
