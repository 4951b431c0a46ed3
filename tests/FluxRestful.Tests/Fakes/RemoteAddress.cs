using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Fakes;

/// <summary>Gives a test's requests the address of the other end of the connection that their <see cref="Header"/> names; the test server's connections have none.</summary>
internal sealed class RemoteAddress : IStartupFilter
{
    internal const string Header = "X-Test-Remote-Address";

    internal static void Add(IServiceCollection services) => services.AddSingleton<IStartupFilter, RemoteAddress>();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            if (context.Request.Headers[Header].ToString() is { Length: > 0 } address)
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
            }

            return rest(context);
        });
        next(app);
    };
}
