using System.Net;
using FluxRestful.Api.Access;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Tenants;

/// <summary>Accounts that the settings declare, over several starts with one data directory.</summary>
public sealed class DeclaredTenantsTests : IDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("flux-restful-declared-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Delete(recursive: true);

    [Fact]
    public async Task Role_and_limits_are_set_at_every_start_and_what_is_not_declared_stays()
    {
        await using (var app = Start(("Users:0:Name", "peenut"), ("Users:0:Password", "crunchy peenut"), ("Users:0:Role", "operator"), ("Users:0:Limits:Nodes", "2")))
        {
            Assert.Equal((Role.Operator, new TenantLimits { Nodes = 2 }), await FindAsync(app, "peenut"));
            var change = new TenantChange { Role = Role.Viewer, Limits = _ => new() { Nodes = 9, Cores = 9 } };
            Assert.True((await app.Services.GetRequiredService<TenantAccounts>().ChangeAsync("peenut", change, null, null, Token)).IsDone);
        }

        await using (var app = Start(("Users:0:Name", "peenut"), ("Users:0:Role", "user")))
        {
            Assert.Equal((Role.User, new TenantLimits { Nodes = 9, Cores = 9 }), await FindAsync(app, "peenut"));
        }

        await using (var app = Start(("Users:0:Name", "peenut"), ("Users:0:Limits:ActiveJobs", "3")))
        {
            Assert.Equal((Role.User, new TenantLimits { ActiveJobs = 3 }), await FindAsync(app, "peenut"));
        }

        await using (var app = Start(("Users:0:Name", "peenut")))
        {
            Assert.Equal((Role.User, new TenantLimits { ActiveJobs = 3 }), await FindAsync(app, "peenut"));
        }
    }

    [Fact]
    public async Task A_declared_password_is_the_first_one_only()
    {
        await using (var app = Start(("Users:0:Name", "peenut"), ("Users:0:Password", "crunchy peenut")))
        {
            Assert.Equal(HttpStatusCode.OK, await SignInAsync(app, "peenut", "crunchy peenut"));
            await app.Services.GetRequiredService<TenantAccounts>().SetPasswordAsync("peenut", "chosen by himself", Token);
        }

        await using var again = Start(("Users:0:Name", "peenut"), ("Users:0:Password", "crunchy peenut"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(again, "peenut", "crunchy peenut"));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(again, "peenut", "chosen by himself"));
    }

    [Fact]
    public async Task A_password_comes_from_its_file_or_from_the_directory_and_is_not_said()
    {
        await using var app = Start(
            ("Users:0:Name", "peenut"), ("Users:0:PasswordFile", Write("secret-of-peenut", "from a file\n")),
            ("Users:1:Name", "almond"), ("Users:2:Name", "hazel"), ("Users:2:Password", "from the settings"),
            ("Passwords:Directory", Path.GetDirectoryName(Write("mounted/almond", "from a directory"))));
        Write("mounted/elsewhere", "of nobody");

        Assert.Equal(HttpStatusCode.OK, await SignInAsync(app, "peenut", "from a file"));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(app, "almond", "from a directory"));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(app, "hazel", "from the settings"));
        Assert.DoesNotContain("Adding '", app.Console.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("from a", app.Console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_file_in_the_directory_gets_a_generated_password_that_is_said_once()
    {
        var directory = Path.GetDirectoryName(Write("mounted/almond", "from a directory"));
        await using var app = Start(("Users:0:Name", "peenut"), ("Passwords:Directory", directory));
        await FindAsync(app, "peenut");
        Assert.Contains("Adding 'peenut' with password '", app.Console.ToString(), StringComparison.Ordinal);
        await using var again = Start(("Users:0:Name", "peenut"), ("Passwords:Directory", directory));
        await FindAsync(again, "peenut");
        Assert.DoesNotContain("Adding 'peenut'", again.Console.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Users:0:PasswordFile", "/nonexistent/secret", "cannot be read")]
    [InlineData("Users:0:Role", "king", "'king' is none of viewer, user, operator, superuser")]
    [InlineData("Users:0:Limits:Nodes", "0", "'0' is not a whole number")]
    [InlineData("Users:0:Limits:Duration", "an hour", "'an hour' is not a whole number")]
    [InlineData("Users:0:Name", "../peenut", "Users:0:Name")]
    [InlineData("Users:1:Name", "peenut", "declared twice")]
    public async Task What_cannot_be_meant_refuses_the_start(string setting, string value, string problem)
    {
        await using var app = Start(("Users:0:Name", "peenut"), (setting, value));
        var settings = new ConfigurationBuilder().AddInMemoryCollection(app.Settings).Build();
        Assert.Contains(problem, Assert.Throws<SettingsException>(() => ServerOptionsReader.Read(settings)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => app.Services);
    }

    [Fact]
    public async Task A_declaration_that_would_demote_the_last_superuser_refuses_the_start()
    {
        await using (var app = Start())
        {
            var options = app.Services.GetRequiredService<ServerOptions>() with { Users = [new(TestApp.Superuser, null) { Role = Role.Operator }] };
            var first = new FirstTenants(app.Services.GetRequiredService<TenantAccounts>(), options);
            var problem = await Assert.ThrowsAsync<SettingsException>(() => first.EnsureAsync(TextWriter.Null, Token));
            Assert.Equal($"Users: '{TestApp.Superuser}' is the last superuser and cannot become operator", problem.Message);
        }

        await using (var app = Start(("Users:0:Name", TestApp.Superuser), ("Users:0:Role", "operator")))
        {
            Assert.ThrowsAny<Exception>(() => app.Services);
        }

        await using (var app = Start(("Users:0:Name", "second"), ("Users:0:Password", "of the second"), ("Users:0:Role", "superuser")))
        {
            Assert.Equal(Role.Superuser, (await FindAsync(app, TestApp.Superuser)).Role);
        }

        await using var last = Start(("Users:0:Name", TestApp.Superuser), ("Users:0:Role", "operator"));
        Assert.Equal(Role.Operator, (await FindAsync(last, TestApp.Superuser)).Role);
    }

    [Fact]
    public async Task Who_was_deleted_is_not_made_again()
    {
        await using (var app = Start(("Users:0:Name", "peenut"), ("Users:0:Password", "crunchy peenut")))
        {
            await ApiAnswerAsync(await app.ClientFor(TestApp.Superuser).DeleteAsync("/api/v1/users/peenut?jobs=leave", Token));
        }

        await using var again = Start(("Users:0:Name", "peenut"), ("Users:0:Password", "crunchy peenut"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(again, "peenut", "crunchy peenut"));
        Assert.Contains("'peenut' was deleted and is not made again", again.Console.ToString(), StringComparison.Ordinal);
    }

    private TestApp Start(params (string Name, string? Value)[] settings)
    {
        var app = new TestApp { KeptDataDirectory = Path.Combine(_files.FullName, "data") };
        foreach (var (name, value) in settings)
        {
            app.Settings[name] = value;
        }

        return app;
    }

    private string Write(string name, string secret)
    {
        var path = Path.Combine(_files.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, secret);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static async Task<(Role Role, TenantLimits Limits)> FindAsync(TestApp app, string name)
    {
        var tenant = await app.Services.GetRequiredService<TenantAccounts>().FindAsync(name, Token);
        return (tenant!.Role, tenant.Limits);
    }

    private static async Task<HttpStatusCode> SignInAsync(TestApp app, string name, string password) =>
        (await app.BasicClientFor(name, password).GetAsync("/api/v1/account", Token)).StatusCode;

    private static async Task ApiAnswerAsync(HttpResponseMessage response) =>
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
}
