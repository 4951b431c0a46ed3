using System.Globalization;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Events;

namespace FluxRestful.Api.Hosting;

/// <summary>One line an event on the console. Of a request: method, path, status and time; never its query, its headers or its body.</summary>
internal static class ServerLogging
{
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    internal static void AddServerLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(
            (services, log) => log
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("FluxRestful.Api.Access", LogEventLevel.Warning)
                .ReadFrom.Configuration(services.GetRequiredService<IConfiguration>())
                // It would say at each start that its keys are not encrypted: they lie in the data directory beside the others, closed to everybody else.
                .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
                // Last, so that no setting lowers it: the framework's own request log tells queries.
                .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning)
                .ReadFrom.Services(services)
                // The one who started the server is told in a sentence, without the way the framework took to it.
                .Filter.ByExcluding(entry => entry.Exception is { } failure && ServerRun.CannotListen(failure))
                .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture),
            preserveStaticLogger: true);
    }

    internal static void UseServerRequestLog(this IApplicationBuilder app) => app.UseSerilogRequestLogging(options => Configure(options, app.ApplicationServices));

    private static void Configure(RequestLoggingOptions options, IServiceProvider services)
    {
        options.Logger = services.GetRequiredService<Serilog.ILogger>();
        options.GetLevel = (context, _, failure) => failure is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
            : context.Request.Path == "/health" ? LogEventLevel.Debug
            : LogEventLevel.Information;
        // Escaped as it was sent: a line break in a path must not become one in the log.
        options.GetMessageTemplateProperties = (context, _, milliseconds, status) =>
        [
            new LogEventProperty("RequestMethod", new ScalarValue(context.Request.Method)),
            new LogEventProperty("RequestPath", new ScalarValue(context.Request.Path.ToUriComponent())),
            new LogEventProperty("StatusCode", new ScalarValue(status)),
            new LogEventProperty("Elapsed", new ScalarValue(milliseconds)),
        ];
    }
}
