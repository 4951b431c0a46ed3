using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Layout;

public sealed class LayoutTests(Site site)
{
    private static readonly string[] Pages = ["/", "/jobs", "/jobs/submit", "/cluster"];

    [Fact]
    public async Task P3_P28_P30_every_page_of_the_menu_has_a_title_of_its_own_one_heading_and_its_first_stop_leads_to_the_content()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var titles = new HashSet<string>();
        foreach (var path in Pages)
        {
            await visit.GoAsync(path);
            Assert.True(titles.Add(await visit.Page.TitleAsync()), path);
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>("(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))"));
            await visit.Page.Keyboard.PressAsync("Tab");
            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task The_menu_opens_over_the_page_and_closes_on_escape_and_the_api_is_a_click_away()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/jobs");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).GetByRole(AriaRole.Link, new() { Name = "Submit" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("menu");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true })).ToBeFocusedAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as alice" }).ClickAsync();
        await visit.LooksRightAsync("user-menu");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "API", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("/api/v1/jobs", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keys_lead_about_and_do_nothing_in_fields()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/cluster");
        await visit.Page.Keyboard.PressAsync("?");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("keys");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToBeHiddenAsync();
        // The page forgets a g after two seconds, which a busy machine may need for a key.
        for (var attempt = 0; attempt < 3 && !visit.Page.Url.EndsWith("/jobs", StringComparison.Ordinal); attempt++)
        {
            await visit.Page.Keyboard.PressAsync("g");
            await visit.Page.Keyboard.PressAsync("j");
            await visit.Page.WaitForURLAsync("**/jobs", new() { Timeout = 5000 }).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/jobs$"));
        // With its scripts.
        await visit.Page.WaitForLoadStateAsync();
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("gs?");
        Assert.Equal("gs?", await visit.Page.GetByRole(AriaRole.Searchbox).InputValueAsync());
    }

    [Fact]
    public async Task P33_nothing_is_wider_than_a_screen_of_320()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { ViewportSize = new() { Width = 320, Height = 700 } });
        foreach (var path in Pages)
        {
            await visit.GoAsync(path);
            Assert.True(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, path);
        }
    }
}
