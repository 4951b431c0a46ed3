using System.Net.Http.Headers;
using FluxRestful.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace FluxRestful.Tests.Api.Hosting;

public sealed class LogTests
{
    private const string Hush = "hush-hush-hush";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_are_not_logged_wherever_they_are_sent()
    {
        var log = new MemoryLog();
        await using var app = new TestApp
        {
            ConfigureServices = services => services.AddSingleton<ILogEventSink>(log),
            Settings =
            {
                ["Serilog:MinimumLevel:Default"] = "Verbose",
                ["Serilog:MinimumLevel:Override:FluxRestful.Api.Access"] = "Verbose",
                ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Authentication"] = "Verbose",
                ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Verbose",
                ["FLUX_TOKEN"] = Hush,
                ["FLUX_SECRET_KEY"] = Hush,
                ["Users:0:Name"] = "peenut",
                ["Users:0:Password"] = Hush + "1",
            },
        };
        await app.AddTenantAsync("alice", Hush + "2");
        var token = app.ClientFor("alice").DefaultRequestHeaders.Authorization!.Parameter!;
        HttpClient[] clients =
        [
            app.ClientFor("alice"), app.BasicClientFor("alice", Hush + "2"), app.BasicClientFor("alice", Hush), app.BasicClientFor(Hush, Hush),
            app.With("Bearer", Jwt.Sign($$"""{"user":"alice","pass":"{{Hush}}2","scope":"token"}""", Hush)), app.With("Bearer", Hush), app.With(Hush, Hush),
        ];
        foreach (var client in clients)
        {
            client.DefaultRequestHeaders.Add("X-Secret", Hush);
            client.DefaultRequestHeaders.Add("Cookie", "session=" + Hush);
            await client.GetAsync($"/v1/somewhere?token={Hush}", Token);
            await client.PostAsync($"/v1/token?token={Hush}", new StringContent(Hush), Token);
            await client.PostAsync("/v1/login/access-token", Form($"username=alice&password={Hush}&extra={Hush}"), Token);
            await client.PostAsync("/v1/login/access-token", Form($"username={Hush}&password={Hush}"), Token);
        }

        Assert.Contains("/v1/somewhere", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Hush, log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token.Split('.')[2], log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("alice:hush"u8)[..10], log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_break_in_a_path_is_none_in_the_log()
    {
        var log = new MemoryLog();
        await using var app = new TestApp
        {
            ConfigureServices = services => services.AddSingleton<ILogEventSink>(log),
            Settings = { ["Serilog:MinimumLevel:Default"] = "Information" },
        };
        await app.Anonymous().GetAsync("/v1/x%0A2026-01-01%20forged%1b[31m", Token);
        Assert.Contains("/v1/x%0A2026-01-01%20forged%1B", log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/jobs/f1/output?from=soon")]
    [InlineData("/api/v1/")]
    [InlineData("/v1/nodes")]
    public async Task Who_leaves_while_an_error_is_told_to_him_is_no_failure_of_the_servers(string path)
    {
        var log = new MemoryLog();
        await using var app = new TestApp
        {
            ConfigureServices = services => services.AddSingleton<ILogEventSink>(log).AddSingleton<IStartupFilter, LeavingClients>(),
            Settings = { ["Serilog:MinimumLevel:Default"] = "Information" },
        };
        var client = app.ClientFor(TestApp.Superuser);
        Assert.InRange((int)(await client.GetAsync(path, Token)).StatusCode, 400, 599);
        client.DefaultRequestHeaders.Add(LeavingClients.Header, "true");
        log.Clear();
        await Record.ExceptionAsync(() => client.GetAsync(path, Token));
        await Eventually.TrueAsync(() => log.Text.Contains($"\"{path.Split('?')[0]}\" responded", StringComparison.Ordinal), Token);
        Assert.DoesNotContain("responded 500", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", log.Text, StringComparison.Ordinal);
    }

    // From the moment on that their answer has a status.
    private sealed class LeavingClients : IStartupFilter
    {
        internal const string Header = "X-Leaving";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(inner => async context =>
            {
                using var leaving = new CancellationTokenSource();
                if (context.Request.Headers.ContainsKey(Header))
                {
                    context.RequestAborted = leaving.Token;
                    context.Response.Body = new LeftStream(context.Response.Body, leaving);
                }

                await inner(context);
            });
            next(app);
        };
    }

    private sealed class LeftStream(Stream body, CancellationTokenSource leaving) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await leaving.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            await body.WriteAsync(buffer, cancellationToken);
        }
    }

    private static StringContent Form(string form) => new(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
}
