using FluxRestful.Api.Access;
using FluxRestful.Api.Admin;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Docs;
using FluxRestful.Api.Health;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Hosting.Http;
using FluxRestful.Api.Idempotency;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Network;
using FluxRestful.Api.Pages;
using FluxRestful.Api.Presets;
using FluxRestful.Api.Restful;
using FluxRestful.Api.Secrets;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Revocation;
using Microsoft.Extensions.Options;

ProcessWalls.Close();
var line = CommandLine.Parse(args);
if (!line.RunsServer)
{
    var configuration = new ConfigurationBuilder().AddAdminSources(line.Settings).Build();
    SecretVariables.Wipe();
    return await new AdminVerbs(configuration, Console.In, Console.Out, Console.Error).RunAsync(line, CancellationToken.None);
}

try
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = line.Settings, ContentRootPath = AppContext.BaseDirectory });
    builder.AddServerSettings(line.Settings);
    SecretVariables.Wipe();
    builder.AddServerLogging();
    builder.AddServerRun();
    builder.AddNetwork();
    builder.Services.AddServerProblems();
    builder.Services.AddStorage();
    builder.Services.AddAudit();
    builder.Services.AddTenants();
    builder.Services.AddTokens();
    builder.Services.AddSchemes();
    builder.Services.AddDocs();
    builder.Services.AddHealthChecks();
    builder.Services.AddIdempotency();
    builder.Services.AddBroker();
    builder.Services.AddJobs();
    builder.Services.AddCluster();
    builder.Services.AddRestful();
    builder.Services.AddPresets();
    builder.Services.AddPages();

    await using var app = builder.Build();
    app.UseNetwork();
    app.UseServerRequestLog();
    app.UseSecurityHeaders();
    app.UseServerProblems();
    app.UseHostFilter();
    app.UseHeaderLimits();
    app.UseSameOrigin();
    app.UseRouting();
    app.UseCompression();
    app.UseAllowedOrigins();
    app.UseAddressRateLimit();
    app.UseAuthentication();
    app.UseLastSeen();
    app.UseTenantRateLimit();
    app.UseAuthorization();
    app.UseOpenRequests();
    app.UseIdempotency();

    app.MapHealth();
    app.MapDocs();
    app.MapApi();
    app.MapRestfulTokens();
    app.MapRestfulJobs();
    app.MapRestfulCluster();
    app.MapPages();

    return await app.RunServerAsync();
}
catch (Exception problem) when (problem is SettingsException or OptionsValidationException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
