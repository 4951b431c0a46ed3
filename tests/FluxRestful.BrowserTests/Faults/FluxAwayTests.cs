using System.Diagnostics;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Faults;

/// <summary>A server before a broker that lives in another process, so that the broker can die, fall asleep and come back.</summary>
public sealed class FluxAwayTests(Site site) : IAsyncLifetime
{
    private readonly string _link = Path.Combine(Path.GetTempPath(), $"flux-restful-link-{Guid.NewGuid():N}");
    private Server? _flux;
    private Server? _server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _flux = await Server.StartAsync(Token);
        Link();
        _server = await Server.StartAsync(Token, [("Broker__Mode", "flux"), ("FLUX_URI", $"local://{_link}")]);
    }

    [Fact]
    public async Task While_flux_is_away_pages_keep_what_was_known_and_say_since_when_and_when_it_is_back_they_go_on()
    {
        await _server!.RunAsync(Server.Alice, "from-before", "true");
        await using var visit = await site.VisitAtAsync(_server!.Address);
        visit.Expects(503);
        await visit.SignInAsync(Server.Alice);
        await visit.GoAsync("/cluster");
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Nodes" }).Locator("tbody tr")).ToHaveCountAsync(1);
        await _flux!.DisposeAsync();

        // Without a reload.
        await Expect(visit.Page.GetByText("Flux cannot be reached since")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Nodes" }).Locator("tbody tr")).ToHaveCountAsync(1);
        await visit.GoAsync("/cluster");
        await Expect(visit.Page.GetByText("This is what was known")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Nodes" }).Locator("tbody tr")).ToHaveCountAsync(1);
        await visit.LooksRightAsync("away-cluster");
        await visit.GoAsync("/");
        await Expect(visit.Page.GetByText("from-before")).ToBeVisibleAsync();
        await visit.LooksRightAsync("away-overview");
        await visit.GoAsync("/jobs?state=all");
        await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "from-before" })).ToBeVisibleAsync();

        _flux = await Server.StartAsync(Token);
        Link();
        await visit.GoAsync("/account");
        await Expect(visit.Page.GetByText("Flux cannot be reached since")).ToBeHiddenAsync(new() { Timeout = 40_000 });
        await visit.GoAsync("/cluster");
        await Expect(visit.Page.GetByText("This is what was known")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_flux_that_does_not_answer_costs_a_few_seconds_and_nothing_that_was_known()
    {
        await using var visit = await site.VisitAtAsync(_server!.Address);
        visit.Expects(504);
        await visit.SignInAsync(Server.Superuser);
        await visit.GoAsync("/cluster");
        await SignalAsync("STOP");
        try
        {
            // What was asked for a moment ago is still new.
            for (var attempt = 0; attempt < 5 && await visit.Page.GetByText("This is what was known").CountAsync() == 0; attempt++)
            {
                Assert.Equal(200, (await visit.GoAsync("/cluster")).Status);
            }

            await Expect(visit.Page.GetByText("This is what was known")).ToBeVisibleAsync();
            await visit.GoAsync("/admin/system");
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "What runs here" })).ToBeVisibleAsync();
        }
        finally
        {
            await SignalAsync("CONT");
        }

        for (var attempt = 0; attempt < 10 && await visit.Page.GetByText("This is what was known").CountAsync() > 0; attempt++)
        {
            await visit.GoAsync("/cluster");
        }

        await Expect(visit.Page.GetByText("This is what was known")).ToHaveCountAsync(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        await _flux!.DisposeAsync();
        File.Delete(_link);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_flux!.ProcessId}"]);
        await kill.WaitForExitAsync(Token);
    }

    private void Link()
    {
        File.Delete(_link);
        File.CreateSymbolicLink(_link, _flux!.BrokerSocket);
    }
}
