using System.Net.Http.Headers;
using System.Text;
using FluxRestful.Api.Access;
using FluxRestful.Api.Cluster.History;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Fakes;

/// <summary>
/// The whole server, with a data directory of its own and settings of its own: nothing of this machine's environment reaches it.
/// The superuser is <see cref="Superuser"/> with the password <see cref="SuperuserPassword"/>.
/// </summary>
internal sealed class TestApp : WebApplicationFactory<Program>
{
    internal const string Superuser = "fluxuser";
    internal const string SuperuserPassword = "the superuser's password";
    internal const string SecretKey = "notsecrethoo";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("flux-restful-test-");

    /// <summary>Settings by name, environment variables too; to be set before the first request.</summary>
    internal Dictionary<string, string?> Settings { get; } = new()
    {
        ["FLUX_USER"] = Superuser,
        ["FLUX_TOKEN"] = SuperuserPassword,
        ["FLUX_SECRET_KEY"] = SecretKey,

        // Nobody is there: what has to do with jobs says which broker it wants.
        ["FLUX_URI"] = "local:///nonexistent/flux-restful-test",
        ["Serilog:MinimumLevel:Default"] = "Warning",
        ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Warning",
    };

    /// <summary>What else differs from the real server.</summary>
    internal Action<IServiceCollection> ConfigureServices { get; set; } = _ => { };

    /// <summary>Null: the machine's.</summary>
    internal TimeProvider? Time { get; init; }

    /// <summary>What the server said on its console.</summary>
    internal StringWriter Console { get; } = new();

    /// <summary>A data directory that outlives this server; null: one of its own.</summary>
    internal string? KeptDataDirectory { get; init; }

    internal string DataDirectory => KeptDataDirectory ?? Path.Combine(_data.FullName, "data");

    internal async Task<Tenant> AddTenantAsync(string name, string password, Role role = Role.User)
    {
        Assert.True(await Services.GetRequiredService<TenantAccounts>().AddAsync(name, password, role, CancellationToken.None));
        return Find(name);
    }

    /// <summary>Somebody without credentials.</summary>
    internal HttpClient Anonymous() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    /// <summary>The tenant with an access token.</summary>
    internal HttpClient ClientFor(string name) =>
        With("Bearer", Services.GetRequiredService<AccessTokens>().Issue(TenantRow.Of(Find(name))));

    /// <summary>The tenant with name and password.</summary>
    internal HttpClient BasicClientFor(string name, string password) =>
        With("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    /// <summary>Somebody with this Authorization header.</summary>
    internal HttpClient With(string scheme, string parameter)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, parameter);
        return client;
    }

    internal FluxDb OpenDatabase() => Services.GetRequiredService<IDbContextFactory<FluxDb>>().CreateDbContext();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.ConfigureAppConfiguration((_, configuration) =>
        {
            configuration.Sources.Clear();
            configuration.AddInMemoryCollection(Settings).AddInMemoryCollection([new("FLUX_RESTFUL_DATA", DataDirectory)]);
        });
        builder.ConfigureTestServices(services =>
        {
            // Hundreds of tests make accounts; a work factor of 4 is what BCrypt can do least.
            services.AddSingleton(provider =>
                ServerOptionsReader.Read(provider.GetRequiredService<IConfiguration>()) with { PasswordCost = 4 });
            services.AddSingleton(new ServerConsole(Console));
            // It comes with the full minute, and would ask brokers that know nothing of it.
            services.Remove(services.Single(service => service.ImplementationType == typeof(ClusterSampler)));
            if (Time is not null)
            {
                services.AddSingleton(Time);
            }

            ConfigureServices(services);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        using var connection = new SqliteConnection(StorageServices.ConnectionTo(Path.Combine(DataDirectory, "flux-restful.db")));
        SqliteConnection.ClearPool(connection);
        _data.Delete(recursive: true);
    }

    private Tenant Find(string name)
    {
        using var db = OpenDatabase();
        return db.Tenants.AsNoTracking().Single(tenant => tenant.Name == name);
    }
}
