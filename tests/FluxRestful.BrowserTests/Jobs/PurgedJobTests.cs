using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.BrowserTests.Sites;
using FluxRestful.Core;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Services;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

/// <summary>What pages show of a job that Flux has purged.</summary>
public sealed class PurgedJobTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_purged_job_is_listed_and_opened_and_says_what_is_gone_and_its_neighbour_is_cloned_as_ever()
    {
        var kept = await site.Server.RunAsync(Server.Alice, "outlives-kept", "echo", "still here");
        var gone = await site.Server.RunAsync(Server.Alice, "outlives-gone", "sh", "-c", "echo words that go; exit 3");
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(410);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/{gone}");
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("words that go");
        await PurgeAsync(gone);

        await visit.GoAsync("/jobs?text=outlives");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await Expect(Row(gone)).ToContainTextAsync("purged");
        await Expect(Row(kept)).Not.ToContainTextAsync("purged");
        await visit.GoAsync("/jobs?text=outlives&state=failed");
        await Expect(Row(gone)).ToContainTextAsync("exit 3");
        await Row(gone).GetByRole(AriaRole.Link, new() { Name = "outlives-gone" }).ClickAsync();
        await Expect(page.GetByText("Flux has purged this job.")).ToBeVisibleAsync();
        await Expect(page.Locator(".job-sentence")).ToContainTextAsync("Failed after");
        await Expect(page).ToHaveTitleAsync("✗ outlives-gone · Failed · FluxRestful");
        await Expect(page.GetByText("The output is gone: Flux has purged the job.")).ToBeVisibleAsync();
        await Expect(page.GetByText("words that go", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Clone" })).ToHaveCountAsync(0);
        await visit.LooksRightAsync("job-purged");
        foreach (var (tab, words) in new[] { ("Details", "Its beginning, with spaces"), ("Events", "The event logs are gone"), ("Spec", "The jobspec is gone") })
        {
            await page.Locator(".tabs").GetByRole(AriaRole.Link, new() { Name = tab }).ClickAsync();
            await Expect(page.GetByText(words)).ToBeVisibleAsync();
        }

        // Who has the address of a clone from before.
        Assert.Equal(410, (await visit.GoAsync($"/jobs/submit?from={gone}")).Status);
        await Expect(page.GetByText("Flux has purged the job").First).ToBeVisibleAsync();

        await visit.GoAsync("/jobs?text=outlives");
        var clone = page.Locator("#row-menu").GetByRole(AriaRole.Link, new() { Name = "Clone" });
        await Row(gone).GetByRole(AriaRole.Button, new() { Name = $"More about {gone}" }).ClickAsync();
        await Expect(page.Locator("#row-menu").GetByRole(AriaRole.Link, new() { Name = "Open" })).ToBeVisibleAsync();
        await Expect(clone).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Escape");
        await Row(kept).GetByRole(AriaRole.Button, new() { Name = $"More about {kept}" }).ClickAsync();
        await clone.ClickAsync();
        await Expect(page.Locator("#command")).ToHaveValueAsync("echo 'still here'");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("still here");

        ILocator Row(string id) => page.Locator($"tr[id='job-{id}']");
    }

    /// <summary>As an administrator does it, and waits until the server has heard of it.</summary>
    private async Task PurgeAsync(string id)
    {
        if (Site.Flux is { } uri)
        {
            using var flux = Process.Start(new ProcessStartInfo("flux", ["job", "purge", "--force", id]) { Environment = { ["FLUX_URI"] = uri } })!;
            await flux.WaitForExitAsync(Cancel);
            Assert.Equal(0, flux.ExitCode);
        }
        else
        {
            await using var broker = new BrokerClient(new() { Uri = "local://" + site.Server.BrokerSocket }, TimeProvider.System, NullLogger<BrokerClient>.Instance);
            await new JobManager(broker).PurgeAsync(JobId.Parse(id), Cancel);
        }

        using var client = site.Server.ClientFor(Server.Alice);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!(await client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{id}", Cancel)).TryGetProperty("purged", out _))
        {
            await pace.WaitForNextTickAsync(Cancel);
        }
    }
}
