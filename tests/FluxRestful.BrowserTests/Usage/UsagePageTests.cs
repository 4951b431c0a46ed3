using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Usage;

public sealed class UsagePageTests(Site site)
{
    [Fact]
    public async Task A_tenant_sees_itself_and_a_superuser_everybody()
    {
        await site.Server.RunAsync(Server.Alice, "used", "true");
        await site.Server.RunAsync(Server.Bob, "used", "false");
        await using var alice = await site.VisitAsAsync(Server.Alice);
        await alice.GoAsync("/");
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await alice.Page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).GetByRole(AriaRole.Link, new() { Name = "Usage" }).ClickAsync();
        await Expect(alice.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(alice.Page.Locator("tbody tr")).ToContainTextAsync(Server.Alice);
        await Expect(alice.Page.GetByText("Jobs count also after Flux has purged them")).ToBeVisibleAsync();
        await alice.LooksRightAsync("usage-own");

        await using var admin = await site.VisitAsAsync(Server.Superuser);
        await admin.GoAsync("/usage?range=all");
        await Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = Server.Bob })).ToBeVisibleAsync();
        await admin.LooksRightAsync("usage-all");
        var file = await admin.Page.RunAndWaitForDownloadAsync(() => admin.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Equal("usage-all.csv", file.SuggestedFilename);
    }
}
