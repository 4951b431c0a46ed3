using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Account;

public sealed class PreferencesTests(Site site)
{
    [Fact]
    public async Task A_browser_remembers_zone_times_density_and_colours()
    {
        await site.Server.RunAsync(Server.Alice, "told-in-time", "true");
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { TimezoneId = "Asia/Kathmandu" });
        await visit.GoAsync("/jobs?state=completed");
        var time = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "told-in-time" }).Locator("time[data-ago]").First;
        await Expect(time).ToContainTextAsync(new System.Text.RegularExpressions.Regex("ago|just now"));
        await visit.GoAsync("/account/preferences");
        await visit.LooksRightAsync("account-preferences");
        await visit.Page.GetByLabel("Always date and hour").CheckAsync();
        await visit.Page.GetByLabel("Compact").CheckAsync();
        await visit.Page.GetByLabel("Dark").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.GetByText("This browser remembers it.")).ToBeVisibleAsync();
        Assert.Equal("dark", await visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme"));

        // Kathmandu is ahead of UTC by 5 h 45 m.
        await visit.GoAsync("/jobs?state=completed");
        var at = DateTimeOffset.Parse((await time.GetAttributeAsync("datetime"))!, System.Globalization.CultureInfo.InvariantCulture);
        await Expect(time).ToHaveTextAsync($"{at.AddMinutes(345):yyyy-MM-dd HH:mm}");
        Assert.Equal("compact", await visit.Page.EvaluateAsync<string>("document.documentElement.dataset.density"));
        await visit.GoAsync("/account/preferences");
        await Expect(visit.Page.GetByLabel("Compact")).ToBeCheckedAsync();
        await visit.Page.GetByLabel("UTC", new() { Exact = true }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.GoAsync("/jobs?state=completed");
        await Expect(time).ToHaveTextAsync($"{at:yyyy-MM-dd HH:mm} UTC");
    }
}
