using System.Net;
using System.Net.Http.Json;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Overview;

public sealed class OverviewPageTests(Site site)
{
    [Fact]
    public async Task P29_the_first_page_shows_ones_jobs_and_the_cluster_and_what_ended_badly_comes_first()
    {
        await site.Server.RunAsync(Server.Bob, "overview-bad", "sh", "-c", "exit 7");
        await site.Server.RunAsync(Server.Bob, "overview-good", "true");
        await using var visit = await site.VisitAsAsync(Server.Bob);
        await visit.GoAsync("/");
        await Expect(visit.Page).ToHaveTitleAsync("Overview · FluxRestful");
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Ended lately" }).GetByRole(AriaRole.Listitem).First).ToContainTextAsync("exit 7");
        await Expect(visit.Page.GetByText("in use", new() { Exact = false }).First).ToBeVisibleAsync();
        await visit.LooksRightAsync("overview");
        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("Failed") }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[0-9]/jobs\\?state=failed$"));
    }

    [Fact]
    public async Task Whoever_is_here_for_the_first_time_is_told_how_to_begin()
    {
        using (var superuser = site.Server.ClientFor(Server.Superuser))
        {
            var newcomer = new { name = "newcomer", password = Server.Password, mustChangePassword = false };
            using var made = await superuser.PostAsJsonAsync("/api/v1/users", newcomer, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        await using var visit = await site.VisitAsAsync("newcomer");
        await visit.GoAsync("/");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Submit your first job" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("overview-first");
    }
}
