using System.Net;
using System.Net.Http.Json;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

/// <summary>What is done to a job from its page, and what its tabs tell.</summary>
public sealed class JobActionTests(Site site)
{
    private static readonly string[] Waits = ["sh", "-c", "trap 'echo got it' USR1; echo ready; for i in $(seq 1 300); do sleep 0.1; done"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_running_job_gets_a_signal_another_limit_and_a_memo(bool withScripts)
    {
        var id = await site.Server.SubmitAsync(Server.Alice, new { name = "acted", command = Waits, duration = 600 });
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { JavaScriptEnabled = withScripts });
        var page = visit.Page;
        visit.Expects(422);
        await site.Server.AwaitStatusAsync(Server.Alice, id, "RUN");
        await visit.GoAsync($"/jobs/{id}");
        await AskAsync("Send signal…");
        await page.GetByLabel("Signal", new() { Exact = true }).FillAsync("SIGNONSENSE");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send signal" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the name or the number of a signal");
        await page.GetByLabel("Signal", new() { Exact = true }).FillAsync("SIGUSR1");
        if (withScripts)
        {
            await visit.LooksRightAsync("job-signal");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Send signal" }).ClickAsync();
        await Expect(page.GetByText("The signal has been sent.")).ToBeVisibleAsync();
        await AskAsync("Extend time limit…");
        await page.GetByLabel("Time limit", new() { Exact = true }).FillAsync("+10m");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change limit" }).ClickAsync();
        await Expect(page.GetByText("The time limit has been changed.")).ToBeVisibleAsync();
        await AskAsync("Memo…");
        await page.GetByLabel("Memo", new() { Exact = true }).FillAsync("look <b>here</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Note it" }).ClickAsync();
        await Expect(page.GetByText("The memo has been noted.")).ToBeVisibleAsync();
        await visit.GoAsync($"/jobs/{id}?tab=details");
        await Expect(page.GetByText("20 m 00 s", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("look <b>here</b>").First).ToBeVisibleAsync();
        await site.Server.CancelAsync(Server.Alice, id);

        async Task AskAsync(string name)
        {
            await page.GetByLabel("More actions").ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        }
    }

    [Fact]
    public async Task A_menu_that_is_open_stays_open_when_the_job_changes()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, new { name = "changes", command = Waits, urgency = 0 });
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}");
        await page.GetByLabel("More actions").ClickAsync();
        using (var client = site.Server.ClientFor(Server.Alice))
        {
            using var answer = await client.PostAsJsonAsync($"/api/v1/jobs/{id}/urgency", new { urgency = 16 }, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode);
        }

        // What is possible now is in it.
        await page.GetByRole(AriaRole.Link, new() { Name = "Send signal…" }).ClickAsync();
        await Expect(page.GetByLabel("Signal", new() { Exact = true })).ToBeVisibleAsync();
        await site.Server.CancelAsync(Server.Alice, id);
    }

    [Fact]
    public async Task A_waiting_job_is_held_and_released_and_tabs_show_its_jobspec_and_environment()
    {
        var id = await site.Server.SubmitAsync(
            Server.Alice, new { name = "held", command = Waits, urgency = 0, environment = new Dictionary<string, string> { ["GREETING"] = "hello there", ["MY_API_KEY"] = "never to be seen" } });
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{id}/urgency");
        await visit.LooksRightAsync("job-urgency");
        await page.GetByLabel("Urgency", new() { Exact = true }).FillAsync("7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set urgency" }).ClickAsync();
        await Expect(page.GetByText("The urgency has been changed.")).ToBeVisibleAsync();
        await visit.GoAsync($"/jobs/{id}?tab=details");
        await page.Locator("summary", new() { HasText = "GREETING" }).ClickAsync();
        await Expect(page.GetByText("hello there")).ToBeVisibleAsync();
        Assert.DoesNotContain("never to be seen", await page.ContentAsync(), StringComparison.Ordinal);
        await visit.LooksRightAsync("job-environment");
        await visit.GoAsync($"/jobs/{id}?tab=spec");
        await Expect(page.GetByLabel("Jobspec", new() { Exact = true })).ToContainTextAsync("\"trap 'echo got it' USR1");
        await visit.LooksRightAsync("job-spec");
        await site.Server.CancelAsync(Server.Alice, id);
    }

    [Fact]
    public async Task Nobody_acts_on_anothers_job_or_without_the_forms_token()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, "mine", "sleep", "600");
        using var bob = site.Server.ClientFor(Server.Bob);
        using var alice = site.Server.ClientFor(Server.Alice);
        foreach (var action in (string[])["signal", "urgency", "limit", "memo"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/jobs/{id}/{action}", TestContext.Current.CancellationToken)).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await alice.PostAsync($"/jobs/{id}/{action}", new FormUrlEncodedContent([new("value", "9")]), TestContext.Current.CancellationToken)).StatusCode);
        }

        await site.Server.CancelAsync(Server.Alice, id);
    }
}
