using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Stories;

/// <summary>What the web interface is for, from one end to the other, by somebody who has only a browser: a telephone first, then keys alone.</summary>
public sealed class FirstDayTests(Site site)
{
    private const int Jobs = 100_000;

    [Fact]
    public async Task Who_has_a_browser_submits_sees_why_a_job_waits_reads_it_finds_yesterdays_failure_among_100_000_cancels_twelve_and_makes_a_tenant()
    {
        await using var server = await Server.StartAsync(TestContext.Current.CancellationToken);
        await server.KillAsync();
        await Past.WriteJobsAsync(server, Jobs, "train-of-yesterday");
        await server.StartAgainAsync(TestContext.Current.CancellationToken);

        await using (var phone = await site.VisitAtAsync(server.Address, new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true }))
        {
            await ComesInAsync(phone);
            await SubmitsAndWatchesAsync(server, phone.Page);
            await FindsTheFailureAsync(phone.Page);
            await CancelsTwelveAsync(server, phone.Page);
        }

        await using var desk = await site.VisitAtAsync(server.Address);
        await MakesATenantByKeysAsync(desk);
    }

    private static async Task ComesInAsync(Visit phone)
    {
        phone.Expects(401);
        await phone.CancelDialogAsync();
        await phone.GoAsync("/jobs");
        await phone.Page.GetByLabel("Name").FillAsync(Server.Alice);
        await phone.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Server.Password);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).TapAsync();
        await Expect(phone.Page.GetByText("1–50 of 100,000")).ToBeVisibleAsync();
    }

    private static async Task SubmitsAndWatchesAsync(Server server, IPage page)
    {
        var hog = await server.SubmitAsync(Server.Bob, new { command = (string[])["sleep", "600"], nodes = 1, exclusive = true });
        await server.AwaitStatusAsync(Server.Bob, hog, "RUN");
        await ByMenuAsync(page, "Submit");
        await page.Locator("#command").FillAsync("sh -c 'for i in 1 2 3; do echo part $i; done; exec sleep 600'");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).TapAsync();
        await Expect(page.Locator("#job .badge").First).ToContainTextAsync("Pending");
        await Expect(page.Locator("#job")).ToContainTextAsync("resources");
        await page.EvaluateAsync("window.sameDocument = true");
        await server.CancelAsync(Server.Bob, hog);
        await Expect(page.GetByRole(AriaRole.Log).GetByText("part 3", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("#job .badge").First).ToContainTextAsync("Running");
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"));
    }

    private static async Task FindsTheFailureAsync(IPage page)
    {
        await ByMenuAsync(page, "Jobs");
        await page.GetByRole(AriaRole.Link, new() { Name = "Failed" }).TapAsync();
        await Expect(page.GetByText("1–1 of 1")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "train-of-yesterday" }).TapAsync();
        await Expect(page.Locator("#job")).ToContainTextAsync("exit 5");
        await Expect(page.GetByText("purged").First).ToBeVisibleAsync();
    }

    private static async Task CancelsTwelveAsync(Server server, IPage page)
    {
        await server.SubmitHeldAsync(Server.Alice, "dozen", 12);
        await ByMenuAsync(page, "Jobs");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("dozen");
        await Expect(page.GetByText("1–12 of 12")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all on this page" }).TapAsync();
        await Expect(page.GetByText("12 selected on this page")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel selected…" }).TapAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Cancel 12 jobs?" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel 12 jobs" }).TapAsync();
        await Expect(page.GetByText("12 jobs canceled.")).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    private static async Task MakesATenantByKeysAsync(Visit desk)
    {
        var page = desk.Page;
        await desk.GoAsync("/login");
        await ToAsync(page, "Name");
        await page.Keyboard.TypeAsync(Server.Superuser);
        await ToAsync(page, "Password");
        await page.Keyboard.TypeAsync(Server.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await ToAsync(page, "Menu");
        await page.Keyboard.PressAsync("Enter");
        await ToAsync(page, "Administration");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Administration", Level = 1 })).ToBeVisibleAsync();
        await ToAsync(page, "New user");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make account" })).ToBeVisibleAsync();
        await ToAsync(page, "Name");
        await page.Keyboard.TypeAsync("newtenant");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#once-password")).Not.ToBeEmptyAsync();
        var password = await page.Locator("#once-password").InnerTextAsync();
        Assert.True(password.Length >= 12, password);
    }

    private static async Task ByMenuAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).TapAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).TapAsync();
    }

    /// <summary>Presses Tab until the focus is on what has this name.</summary>
    private static async Task ToAsync(IPage page, string name)
    {
        const string Focused = "(e => (e.labels?.[0] ?? e).textContent.trim() || e.getAttribute('aria-label') || '')(document.activeElement)";
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>(Focused) == name)
            {
                return;
            }
        }

        Assert.Fail($"No stop of the Tab key is called {name}.");
    }
}
