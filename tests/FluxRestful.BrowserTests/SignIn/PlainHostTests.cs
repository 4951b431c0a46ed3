using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.SignIn;

public sealed class PlainHostTests(Site site)
{
    private static readonly string[] Nothing = ["true"];

    [Fact]
    public async Task Over_plain_http_by_a_name_one_signs_in_copies_and_sees_what_happens()
    {
        var first = await site.Server.SubmitAsync(Server.Alice, new { name = "plain-http", command = Nothing, urgency = 0 });
        await using var visit = await site.VisitAtAsync(new UriBuilder(site.Server.Address) { Host = Site.PlainHost }.Uri);
        var page = visit.Page;
        await visit.SignInAsync(Server.Alice);
        await visit.GoAsync("/jobs?text=plain-http");
        Assert.False(await page.EvaluateAsync<bool>("isSecureContext"));
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        await page.Locator($"tr[id='job-{first}']").HoverAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Copy {first}" }).ClickAsync();
        await Expect(page.GetByText("Copied")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Searchbox).ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Control+V");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(first);

        await visit.GoAsync("/jobs?text=plain-http");
        var second = await site.Server.SubmitAsync(Server.Alice, new { name = "plain-http", command = Nothing, urgency = 0 });
        await Expect(page.Locator($"tr[id='job-{second}']")).ToBeVisibleAsync();
        // No notifications for what anybody on the way could write.
        await visit.GoAsync($"/jobs/{second}");
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Notify me" })).ToHaveCountAsync(0);
        await visit.GoAsync("/jobs/submit");
        await page.Locator("#command").FillAsync("echo over plain http");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log).GetByText("over plain http")).ToBeVisibleAsync();
        await site.Server.CancelAsync(Server.Alice, first);
        await site.Server.CancelAsync(Server.Alice, second);
    }
}
