using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Admin;

public sealed class ViewAsTests(Site site)
{
    [Fact]
    public async Task A_superuser_looks_with_a_tenants_eyes_and_becomes_himself_again()
    {
        await site.Server.RunAsync(Server.Alice, "seen-by-alice", "true");
        await site.Server.RunAsync(Server.Bob, "seen-by-bob", "true");
        await using var visit = await site.VisitAsync();
        visit.Expects(403);
        await visit.SignInAsync(Server.Superuser);
        await visit.GoAsync($"/admin/users/{Server.Alice}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See the pages as alice" }).ClickAsync();
        await Expect(visit.Page.GetByText("Nothing can be changed meanwhile.")).ToBeVisibleAsync();
        await visit.GoAsync("/jobs?scope=all&state=all");
        await Expect(visit.Page.GetByText("seen-by-alice").First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("seen-by-bob")).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Submit", Exact = true })).ToHaveCountAsync(0);
        await visit.LooksRightAsync("view-as");
        Assert.Equal(403, (await visit.GoAsync("/jobs/submit")).Status);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Be yourself again" }).ClickAsync();
        Assert.Equal(200, (await visit.GoAsync("/admin/users")).Status);
    }
}
