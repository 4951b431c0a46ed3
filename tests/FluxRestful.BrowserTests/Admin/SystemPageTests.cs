using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Admin;

public sealed class SystemPageTests(Site site)
{
    [Fact]
    public async Task A_superuser_sees_what_runs_stops_a_queue_drains_a_node_and_says_something_to_everybody()
    {
        await using var admin = await site.VisitAsAsync(Server.Superuser);
        admin.Expects(422);
        await admin.GoAsync("/admin/users");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "System" }).ClickAsync();
        await Expect(admin.Page.GetByText(Site.Flux ?? "embedded, local://").First).ToBeVisibleAsync();
        await admin.Page.GetByText("Settings in effect", new() { Exact = true }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "FLUX_TOKEN" })).ToContainTextAsync("••••");
        Assert.DoesNotContain(Server.Password, await admin.Page.ContentAsync(), StringComparison.Ordinal);
        await admin.Page.GetByText("Files from elsewhere", new() { Exact = true }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "htmx.org" })).ToContainTextAsync("4.0.1");
        await admin.LooksRightAsync("admin-system");

        var queue = admin.Page.GetByRole(AriaRole.Form, new() { Name = "Queue default" });
        await queue.GetByRole(AriaRole.Button, new() { Name = "Let no job start" }).ClickAsync();
        await Expect(queue.GetByText("Say why")).ToBeVisibleAsync();
        await queue.GetByLabel("Why").FillAsync("until <i>noon</i>");
        await queue.GetByRole(AriaRole.Button, new() { Name = "Let no job start" }).ClickAsync();
        await Expect(queue.GetByText("until <i>noon</i>")).ToBeVisibleAsync();
        await admin.LooksRightAsync("admin-system-stopped");
        await queue.GetByRole(AriaRole.Button, new() { Name = "Let jobs start" }).ClickAsync();
        await Expect(queue.GetByText("Stopped")).ToHaveCountAsync(0);

        await admin.Page.GetByLabel("Ranks or hosts").FillAsync("0");
        await admin.Page.GetByRole(AriaRole.Textbox, new() { Name = "Why" }).Last.FillAsync("a <b>fan</b>");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Drain" }).ClickAsync();
        await Expect(admin.Page.GetByText("a <b>fan</b>")).ToBeVisibleAsync();
        await using var alice = await site.VisitAsAsync(Server.Alice);
        await alice.GoAsync("/cluster");
        await Expect(alice.Page.GetByRole(AriaRole.Region, new() { Name = "Nodes" }).GetByText("a <b>fan</b>")).ToBeVisibleAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Give node 0 jobs again" }).ClickAsync();
        await Expect(admin.Page.GetByText("No node is drained.")).ToBeVisibleAsync();

        await admin.Page.GetByLabel("On every page").FillAsync("Maintenance <b>tonight</b> at 22:00.");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Announce" }).ClickAsync();
        await alice.GoAsync("/jobs");
        await Expect(alice.Page.GetByText("Maintenance <b>tonight</b> at 22:00.")).ToBeVisibleAsync();
        await alice.LooksRightAsync("announcement");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(admin.Page.GetByText("Nothing is said any more.")).ToBeVisibleAsync();
        await admin.GoAsync("/admin/audit?action=announcement-set");
        await Expect(admin.Page.Locator("tbody tr").First).ToContainTextAsync(Server.Superuser);
    }

    [Fact]
    public async Task The_instance_is_stopped_only_by_its_name()
    {
        // That of the directory its socket is in.
        var name = Site.Flux is { } uri ? Path.GetFileName(Path.GetDirectoryName(uri)) : "embedded";
        await using var admin = await site.VisitAsAsync(Server.Superuser);
        admin.Expects(422);
        await admin.GoAsync("/admin/system");
        await admin.Page.GetByLabel($"Type {name} to confirm").FillAsync("embeded");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the instance" }).ClickAsync();
        await Expect(admin.Page.GetByText($"This is not {name}. Nothing was stopped.")).ToBeVisibleAsync();
        await admin.LooksRightAsync("admin-system-stop-refused");

        await using var other = await Server.StartAsync(TestContext.Current.CancellationToken);
        await using var doomed = await site.VisitAtAsync(other.Address);
        await doomed.SignInAsync(Server.Superuser);
        await doomed.GoAsync("/admin/system");
        await doomed.Page.GetByLabel("Type embedded to confirm").FillAsync("embedded");
        await doomed.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the instance" }).ClickAsync();
        await Expect(doomed.Page.GetByRole(AriaRole.Heading, new() { Name = "The instance ends" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nobody_else_sees_it()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(403);
        Assert.Equal(403, (await visit.GoAsync("/admin/system")).Status);
    }
}
