using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

/// <summary>Who asks for it is told on the desktop when a job has ended.</summary>
public sealed class WatchedJobTests(Site site)
{
    // A browser that draws nothing shows no notification either: what counts is that one was made.
    private const string Counting = """
        window.made = [];
        if (window.Notification) {
            const real = window.Notification;
            window.Notification = class extends real { constructor(title, options) { super(title, options); made.push(`${title}|${options.body}`); } };
        }
        """;

    private const string Hide = "Object.defineProperty(document, 'hidden', { value: true, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))";

    [Fact]
    public async Task A_job_that_ends_is_told_once_on_the_desktop_also_to_a_hidden_tab_and_one_that_went_on()
    {
        var (first, second, third) = (await HeldAsync("watched-1"), await HeldAsync("watched-2"), await HeldAsync("watched-3"));
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { Permissions = ["notifications"] });
        var page = visit.Page;
        await page.AddInitScriptAsync(Counting);
        await visit.GoAsync($"/jobs/{first}");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Notify me" });
        await PressAsync();
        await Expect(page.GetByRole(AriaRole.Status).GetByText("You will be told on the desktop when this job ends")).ToBeVisibleAsync();
        await visit.LooksRightAsync("job-watched");

        // Whoever changes their mind hears nothing; what is fetched anew keeps the button as it was.
        await visit.GoAsync($"/jobs/{third}");
        await PressAsync();
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
        await visit.GoAsync($"/jobs/{second}");
        await PressAsync();
        await site.Server.CancelAsync(Server.Alice, third);
        await site.Server.AwaitStatusAsync(Server.Alice, third, "CANCELED");

        await page.EvaluateAsync(Hide);
        await site.Server.CancelAsync(Server.Alice, second);
        await MadeAsync("⊘ watched-2 · Canceled|");
        await Expect(page.GetByText("The job has ended: the desktop was told.")).ToBeVisibleAsync();

        await visit.GoAsync("/cluster");
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        await site.Server.CancelAsync(Server.Alice, first);
        await MadeAsync("⊘ watched-1 · Canceled|");
        Assert.Null(await page.EvaluateAsync<string?>("sessionStorage.getItem('flux-restful-watched')"));
        await visit.GoAsync($"/jobs/{first}");
        await Expect(button).ToHaveCountAsync(0);

        async Task PressAsync()
        {
            await button.ClickAsync();
            await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        }

        async Task MadeAsync(string beginning)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (await page.EvaluateAsync<int>("made.length") == 0)
            {
                await pace.WaitForNextTickAsync(deadline.Token);
            }

            Assert.StartsWith(beginning, Assert.Single(await page.EvaluateAsync<string[]>("made")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_the_browser_does_not_allow_it_that_is_said_and_where_it_cannot_there_is_no_button()
    {
        var id = await HeldAsync("not-watched");
        await using (var visit = await site.VisitAsAsync(Server.Alice))
        {
            // Without a permission this browser denies it.
            var page = visit.Page;
            await page.AddInitScriptAsync(Counting);
            await visit.GoAsync($"/jobs/{id}");
            var button = page.GetByRole(AriaRole.Button, new() { Name = "Notify me" });
            await button.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status).GetByText("The browser does not allow this site to notify you")).ToBeVisibleAsync();
            await Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
            await page.AddInitScriptAsync("delete window.Notification");
            await visit.GoAsync($"/jobs/{id}");
            await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(button).ToHaveCountAsync(0);
        }

        await using (var plain = await site.VisitAsAsync(Server.Alice, new() { JavaScriptEnabled = false }))
        {
            await plain.GoAsync($"/jobs/{id}");
            await Expect(plain.Page.GetByRole(AriaRole.Button, new() { Name = "Notify me" })).ToHaveCountAsync(0);
        }

        await site.Server.CancelAsync(Server.Alice, id);
    }

    private Task<string> HeldAsync(string name) => site.Server.SubmitAsync(Server.Alice, new { name, command = (string[])["true"], urgency = 0 });
}
