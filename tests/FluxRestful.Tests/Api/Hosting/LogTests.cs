using System.Net.Http.Headers;
using FluxRestful.Tests.Fakes;
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

    private static StringContent Form(string form) => new(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
}
