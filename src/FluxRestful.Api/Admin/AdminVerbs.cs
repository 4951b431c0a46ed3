using FluxRestful.Api.Access;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Admin;

/// <summary>The command line inside the container. It works on the same database as a running server, which sees a change within seconds.</summary>
internal sealed class AdminVerbs(IConfiguration configuration, TextReader input, TextWriter output, TextWriter errors)
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int Misused = 2;

    private const string Usage = """
        usage: FluxRestful.Api [serve] [--allow-anonymous-network] [--NAME=VALUE ...]    run the server
               FluxRestful.Api init                                     make the database, the keys and the first accounts
               FluxRestful.Api add-user NAME [PASSWORD] [--superuser]   without a password one is generated; - reads it from the input
               FluxRestful.Api set-password NAME [PASSWORD]             likewise; ends the tokens had with the old one
               FluxRestful.Api list-users
               FluxRestful.Api disable-user NAME
               FluxRestful.Api enable-user NAME
               FluxRestful.Api health                                   ask the running server; for a container's health check
               FluxRestful.Api version
               FluxRestful.Api help
        exit codes: 0 done, 1 failed, 2 misused
        """;

    internal async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        if (line.Problem is { } problem)
        {
            return Misuse(problem);
        }

        switch (line.Verb, line.Operands)
        {
            case ("help", []):
                await output.WriteLineAsync(Usage);
                return Done;
            case ("version", []):
                await output.WriteLineAsync(ServerVersion.Text);
                return Done;
        }

        try
        {
            await using var services = BuildServices();
            if ((line.Verb, line.Operands) is ("health", []))
            {
                return await new HealthVerb(
                    services.GetRequiredService<ServerOptions>(), configuration["Network:CertificateFile"] is { Length: > 0 }, output, errors).RunAsync(cancellationToken);
            }

            await services.GetRequiredService<DatabaseUpdate>().RunAsync(cancellationToken);
            var users = new UserVerbs(services.GetRequiredService<TenantAccounts>(), input, output, errors);
            return (line.Verb, line.Operands) switch
            {
                ("init", []) => await InitAsync(services, cancellationToken),
                ("list-users", []) => await users.ListAsync(cancellationToken),
                ("add-user", [var name]) => await users.AddAsync(name, null, line.IsSuperuser ? Role.Superuser : Role.User, cancellationToken),
                ("add-user", [var name, var password]) => await users.AddAsync(name, password, line.IsSuperuser ? Role.Superuser : Role.User, cancellationToken),
                ("set-password", [var name]) => await users.SetPasswordAsync(name, null, cancellationToken),
                ("set-password", [var name, var password]) => await users.SetPasswordAsync(name, password, cancellationToken),
                ("disable-user", [var name]) => await users.SetDisabledAsync(name, true, cancellationToken),
                ("enable-user", [var name]) => await users.SetDisabledAsync(name, false, cancellationToken),
                _ => Misuse($"'{line.Verb}' is no verb, or takes other operands"),
            };
        }
        catch (SettingsException failure)
        {
            await errors.WriteLineAsync(failure.Message);
            return Failed;
        }
        catch (Exception failure) when (failure is Microsoft.Data.Sqlite.SqliteException or Microsoft.EntityFrameworkCore.DbUpdateException or IOException)
        {
            await errors.WriteLineAsync($"the database cannot be used: {failure.GetBaseException().Message}");
            return Failed;
        }
    }

    private async Task<int> InitAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetRequiredService<Tokens.SigningKeys>();
        await services.GetRequiredService<FirstTenants>().EnsureAsync(output, cancellationToken);
        await output.WriteLineAsync($"ready: {services.GetRequiredService<DataDirectory>().Path}");
        return Done;
    }

    private int Misuse(string problem)
    {
        errors.WriteLine($"{problem}; try help");
        return Misused;
    }

    private ServiceProvider BuildServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddLogging();
        services.AddServerOptions();
        services.AddStorage();
        services.AddAudit();
        services.AddTenants();
        Tokens.TokenServices.AddTokens(services);
        return services.BuildServiceProvider();
    }
}
