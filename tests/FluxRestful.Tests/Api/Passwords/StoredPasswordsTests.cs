using System.Net;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Bcrypt = BCrypt.Net.BCrypt;

namespace FluxRestful.Tests.Api.Passwords;

public sealed class StoredPasswordsTests
{
    private const string Password = "a password of length";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hash_of_less_work_is_renewed_by_signing_in_and_tokens_stay_good()
    {
        await using var app = await StartAsync(Bcrypt.HashPassword(Password, 4));
        var before = Find(app);
        using var withToken = app.ClientFor("alice");
        await AskAsync(app.BasicClientFor("alice", Password));
        var after = Find(app);
        Assert.StartsWith("$2a$05$", after.PasswordHash, StringComparison.Ordinal);
        Assert.True(PasswordHasher.Verify(Password, after.PasswordHash));
        Assert.Equal(before.Stamp, after.Stamp);
        await AskAsync(withToken);
        await AskAsync(app.BasicClientFor("alice", Password));
        Assert.Equal(after.PasswordHash, Find(app).PasswordHash);
    }

    [Fact]
    public async Task A_wrong_password_renews_nothing()
    {
        await using var app = await StartAsync(Bcrypt.HashPassword(Password, 4));
        var before = Find(app).PasswordHash;
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.BasicClientFor("alice", "another").GetAsync("/v1/jobs", Token)).StatusCode);
        Assert.Equal(before, Find(app).PasswordHash);
    }

    [Fact]
    public async Task A_password_changed_meanwhile_is_not_overwritten()
    {
        await using var app = await StartAsync(Bcrypt.HashPassword(Password, 4));
        var seen = TenantRow.Of(Find(app));
        await app.Services.GetRequiredService<TenantAccounts>().SetPasswordAsync("alice", "another password", Token);
        var changed = Find(app).PasswordHash;
        Assert.Null(await app.Services.GetRequiredService<StoredPasswords>().StrengthenAsync(seen, Password));
        Assert.Equal(changed, Find(app).PasswordHash);
    }

    [Fact]
    public async Task More_work_than_wanted_stays()
    {
        await using var app = await StartAsync(Bcrypt.HashPassword(Password, 6));
        var before = Find(app).PasswordHash;
        await AskAsync(app.BasicClientFor("alice", Password));
        Assert.Equal(before, Find(app).PasswordHash);
    }

    private static async Task<TestApp> StartAsync(string hash)
    {
        var app = new TestApp
        {
            ConfigureServices = services => services.AddSingleton(provider => new PasswordHasher(
                provider.GetRequiredService<FluxRestful.Api.Hosting.ServerOptions>() with { PasswordCost = 5 })),
        };
        await app.AddTenantAsync("alice", "to be replaced");
        await using var db = app.OpenDatabase();
        await db.Tenants.Where(row => row.Name == "alice").ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, hash), Token);
        app.Services.GetRequiredService<TenantDirectory>().Forget();
        return app;
    }

    private static Tenant Find(TestApp app)
    {
        using var db = app.OpenDatabase();
        return db.Tenants.AsNoTracking().Single(row => row.Name == "alice");
    }

    // An address that is nowhere, for those who are let in.
    private static async Task AskAsync(HttpClient client) => Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/v1/x", Token)).StatusCode);
}
