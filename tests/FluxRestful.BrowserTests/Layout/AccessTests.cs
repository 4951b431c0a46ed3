using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Layout;

public sealed class AccessTests(Site site)
{
    [Fact]
    public async Task At_400_percent_no_page_scrolls_sideways_and_without_colours_or_motion_none_needs_them()
    {
        var id = await site.Server.RunAsync(Server.Superuser, "zoomed-in-with-a-name-of-some-length", "sh", "-c", "echo a line that is longer than the screen is wide; exit 3");
        // 1280 by 1024 at 400 %.
        await using var visit = await site.VisitAsAsync(Server.Superuser, new()
        {
            ViewportSize = new() { Width = 320, Height = 256 },
            ForcedColors = ForcedColors.Active,
            ReducedMotion = ReducedMotion.Reduce,
        });
        visit.Expects(404);
        var page = visit.Page;
        foreach (var path in (string[])
        [
            "/", "/jobs?state=all", "/jobs/submit", "/jobs/submit?tab=script", "/jobs/submit?tab=jobspec", $"/jobs/submit?from={id}", $"/jobs/{id}", $"/jobs/{id}?tab=details",
            $"/jobs/{id}?tab=events", $"/jobs/{id}?tab=spec", "/cluster", "/usage", "/about", "/account", "/account/tokens", "/admin/users", "/admin/users/new", "/admin/users/alice",
            "/admin/audit", "/admin/system", "/nowhere",
        ])
        {
            await visit.GoAsync(path);
            var beyond = await page.EvaluateAsync<string>(
                "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.table-scroll, pre, .log, .tabs')).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, $"{path}: {beyond}");
            Assert.Equal(0, await page.EvaluateAsync<int>("document.getAnimations().length"));
            if (await page.Locator("main .badge").CountAsync() > 0)
            {
                Assert.NotEqual("0px", await page.Locator("main .badge").First.EvaluateAsync<string>("e => getComputedStyle(e).borderTopWidth"));
            }
        }

        await visit.GoAsync($"/jobs/{id}?tab=events");
        var (chosen, other) = (page.Locator(".tabs [aria-current]").First, page.Locator(".tabs a:not([aria-current])").First);
        Assert.NotEqual(await OutlineAsync(chosen), await OutlineAsync(other));

        static Task<string> OutlineAsync(ILocator element) => element.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle");
    }

    [Fact]
    public async Task A_job_is_printed_dark_on_white_with_all_of_its_output_and_nothing_to_press()
    {
        var id = await site.Server.RunAsync(Server.Alice, "printed", "sh", "-c", "for i in $(seq 200); do echo printed line $i; done");
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { ColorScheme = ColorScheme.Dark });
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await Expect(page.GetByText("printed line 200", new() { Exact = true })).ToBeVisibleAsync();
        await page.EvaluateAsync("document.documentElement.dataset.theme = 'dark'");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(["rgb(255, 255, 255)", "rgb(23, 28, 35)"], await page.EvaluateAsync<string[]>("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"));
        Assert.Equal("visible", await page.Locator(".log").EvaluateAsync<string>("e => getComputedStyle(e).overflowY"));
        foreach (var hidden in (string[])["header.bar", ".log-bar", ".tabs"])
        {
            await Expect(page.Locator(hidden).First).ToBeHiddenAsync();
        }

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_this_is_and_whose_work_is_in_it_is_in_the_menu()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/jobs");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).GetByRole(AriaRole.Link, new() { Name = "About" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "htmx.org" })).ToContainTextAsync("0BSD");
        await Expect(visit.Page.GetByText("does not tell at the moment")).ToHaveCountAsync(0);
        await visit.LooksRightAsync("about");
        var address = await visit.Page.GetByRole(AriaRole.Link, new() { Name = "The licences in full" }).GetAttributeAsync("href");
        Assert.Contains("Permission is hereby granted", await (await visit.Page.APIRequest.GetAsync(address!)).TextAsync(), StringComparison.Ordinal);
    }
}
