using System.Text;
using System.Text.Json.Nodes;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Attacks;

/// <summary>Requests made from the server's own document, as somebody who may much and as somebody who may little.</summary>
public sealed class FuzzTests
{
    private const int Requests = 400;

    // Beyond this something hangs: what may wait is told to wait no longer than some seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestApp.Superuser, 20261)]
    [InlineData("alice", 20262)]
    public async Task No_request_that_the_document_allows_or_nearly_allows_is_a_server_error_or_hangs(string name, int seed)
    {
        await using var app = await ApiApp.StartAsync(("RateLimits:TenantPerSecond", "0"), ("RateLimits:AddressPerSecond", "0"));
        await app.App.AddTenantAsync("carol", ApiApp.Password);
        var job = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"], urgency = 0 }, 201)).GetProperty("id").GetString()!;
        var ended = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"] }, 201)).GetProperty("id").GetString()!;
        var document = JsonNode.Parse(await app.App.Anonymous().GetStringAsync("/openapi/v1.json", Token))!.AsObject();
        var samples = new SchemaSamples(document, new Random(seed), [job, ended, "carol", "default", "0", "1"]);

        var statuses = new Dictionary<int, int>();
        for (var i = 0; i < Requests; i++)
        {
            // It would end the broker.
            var (method, path, body) = samples.Next(route => route != "POST /api/v1/service/stop");
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
            {
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            }

            // Some requests end the tokens that are there.
            using var client = app.App.ClientFor(name);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
            patience.CancelAfter(Patience);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var status = (int)answer.StatusCode;
            Assert.True(status < 500, $"{i}: {method} {path} {body}: {status}");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        // It came through to what does something, and not only to what refuses.
        Assert.True(statuses.GetValueOrDefault(200) > Requests / 20, string.Join(' ', statuses));
        await ApiApp.GetAsync(app.ClientFor(name), "/api/v1/account");
        Assert.Equal("ok", (await ApiApp.GetAsync(app.Superuser, "/api/v1/health")).GetProperty("status").GetString());
    }
}
