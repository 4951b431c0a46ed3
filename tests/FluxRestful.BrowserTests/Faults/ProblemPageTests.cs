using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Faults;

public sealed class ProblemPageTests(Site site)
{
    [Fact]
    public async Task Each_refusal_says_what_happened_and_what_to_do()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(404);
        visit.Expects(403);
        Assert.Equal(404, (await visit.GoAsync("/nowhere")).Status);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("problem-404");
        Assert.Equal(403, (await visit.GoAsync("/admin/users")).Status);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "This is not for your account" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("problem-403");
    }

    [Fact]
    public async Task Whoever_comes_too_often_is_told_when_to_come_back()
    {
        await using var server = await Server.StartAsync(TestContext.Current.CancellationToken, [("RateLimits__TenantPerSecond", "1"), ("RateLimits__TenantBurst", "4")]);
        await using var visit = await site.VisitAtAsync(server.Address, new() { JavaScriptEnabled = false });
        visit.Expects(429);
        await visit.SignInAsync(Server.Alice);
        for (var attempt = 0; attempt < 30 && (await visit.GoAsync("/account")).Status != 429; attempt++)
        {
            // Each takes one of what was saved up.
        }

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Too much at once" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Come back in 1 s.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_server_that_has_never_reached_flux_says_so_and_asks_again()
    {
        await using var server = await Server.StartAsync(TestContext.Current.CancellationToken, [("Broker__Mode", "flux"), ("FLUX_URI", "local:///nonexistent/flux")]);
        await using var visit = await site.VisitAtAsync(server.Address);
        visit.Expects(503);
        await visit.SignInAsync(Server.Alice);
        Assert.Equal(503, (await visit.GoAsync("/cluster")).Status);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Flux cannot be reached" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-retry]")).ToContainTextAsync("sking again");
        await visit.LooksRightAsync("problem-503");
    }
}
