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
        Assert.Equal(404, (await visit.GoAsync("/jobs/f1234")).Status);
        await Expect(visit.Page.GetByText("It may have been purged")).ToBeVisibleAsync();
        Assert.Equal("f1234", await visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search jobs" }).InputValueAsync());
        await visit.Page.GetByText("Details", new() { Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#problem-details")).ToContainTextAsync("404 unknown-job");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/jobs\\?state=all&text=f1234$"));
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
        var countdown = visit.Page.Locator("[data-retry]");
        var seconds = int.Parse((await countdown.GetAttributeAsync("data-retry"))!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(seconds, 5, 60);
        await visit.LooksRightAsync("problem-503");

        // By the page's own clock, which nobody waits for.
        await visit.Page.Clock.InstallAsync();
        await visit.GoAsync("/cluster");
        await visit.Page.Clock.PauseAtAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(3));
        var again = visit.Page.WaitForResponseAsync(response => response.Url.EndsWith("/cluster", StringComparison.Ordinal));
        for (var left = seconds; left > 0 && !again.IsCompleted; left--)
        {
            await visit.Page.Clock.RunForAsync(1000);
        }

        Assert.Equal(503, (await again).Status);
        await Expect(countdown).ToBeVisibleAsync();
    }
}
