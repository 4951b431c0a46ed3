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
               FluxRestful.Api add-user NAME [PASSWORD] [--role ROLE] [--must-change] [LIMITS]
                                                                        without a password one is generated; - reads it from the input
               FluxRestful.Api set-password NAME [PASSWORD] [--must-change]
                                                                        likewise; ends the tokens had with the old one
               FluxRestful.Api reset-password NAME                      generates one that must be changed before anything else is done
               FluxRestful.Api set-role NAME ROLE
               FluxRestful.Api set-limits NAME LIMITS                   changes the limits that are named
               FluxRestful.Api list-users
               FluxRestful.Api show-user NAME
               FluxRestful.Api disable-user NAME
               FluxRestful.Api enable-user NAME
               FluxRestful.Api delete-user NAME --jobs cancel|leave     what becomes of jobs that have not ended
               FluxRestful.Api import-users FILE                        the accounts of a flux-restful-api database, with their passwords
               FluxRestful.Api list-tokens NAME                         a user's personal tokens
               FluxRestful.Api revoke-token NAME ID                     ends one of them
               FluxRestful.Api sign-out NAME                            ends the user's access and refresh tokens and browser sessions
               FluxRestful.Api rotate-keys [at-once]                    another key signs access tokens; at-once ends all that there are
               FluxRestful.Api health                                   ask the running server; for a container's health check
               FluxRestful.Api version
               FluxRestful.Api help
        ROLE:   viewer, user, operator, superuser (--superuser is --role superuser)
        LIMITS: --active-jobs N --queued-jobs N --nodes N --cores N --duration SECONDS --submits-per-minute N; none for what holds for everybody, unlimited for no limit
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
            return (line.Verb, line.Operands) is ("init", []) ? await InitAsync(services, cancellationToken)
                : await ActivatorUtilities.CreateInstance<UserVerbs>(services, input, new VerbOutput(output, errors)).TryRunAsync(line, cancellationToken)
                ?? await ActivatorUtilities.CreateInstance<TokenVerbs>(services, output, errors).TryRunAsync(line, cancellationToken)
                ?? Misuse($"'{line.Verb}' is no verb, or takes other operands");
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
        _ = services.GetRequiredService<Tokens.Keys.SigningKeys>().Current;
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
