using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Jobs.Submitting;

/// <summary>What only the real listener does: lengths that are none, and bodies that are too large.</summary>
public sealed class SubmitOverTcpTests
{
    private static readonly string Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestApp.Superuser}:{TestApp.SuperuserPassword}"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_length_that_is_none_is_a_bad_request()
    {
        await using var server = await StartAsync();

        foreach (var length in (string[])["not-a-number", "-1"])
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(server.Address.Host, server.Address.Port, Ct);
            var request = $"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {Basic}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{{\"command\":[\"true\"]}}";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Ct);
            using var reader = new StreamReader(socket.GetStream());
            Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_is_limited_and_on_the_bulk_route_as_its_option_says(bool withKey)
    {
        await using var server = await StartAsync(("Jobs__MaxBulkBytes", "4000000"));
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Basic);
        if (withKey)
        {
            client.DefaultRequestHeaders.Add("Idempotency-Key", "a-key");
        }

        var large = new string('x', 2_000_000);
        var one = $$"""{"script": "#!/bin/sh\n#{{large}}", "urgency": 0}""";

        Assert.Equal(413, (int)(await client.PostAsync("/api/v1/jobs", Json(one), Ct)).StatusCode);
        Assert.Equal(413, (int)(await client.PostAsync("/api/v1/jobs/bulk", Json($$"""{"jobs": [{{one}}, {{one}}]}"""), Ct)).StatusCode);
        Assert.Equal(207, (int)(await client.PostAsync("/api/v1/jobs/bulk", Json($$"""{"jobs": [{{one}}]}"""), Ct)).StatusCode);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<ServerProcess> StartAsync(params (string, string)[] more)
    {
        var server = ServerProcess.Start(
            [("FLUX_USER", TestApp.Superuser), ("FLUX_TOKEN", TestApp.SuperuserPassword), ("FLUX_SECRET_KEY", TestApp.SecretKey), ("Broker__Mode", "embedded"), .. more]);
        await server.ReadyAsync(Ct);
        return server;
    }
}
