using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Admin;

public sealed class AdministrationTests(Site site)
{
    private const string Chosen = "heron over the salt marsh";

    [Fact]
    public async Task A_new_tenant_signs_in_with_the_password_that_was_shown_and_must_change_it()
    {
        await using var admin = await site.VisitAsAsync(Server.Superuser);
        admin.Expects(422);
        await admin.GoAsync("/");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "New user" }).ClickAsync();
        await admin.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("no name");
        await admin.Page.GetByLabel("Longest job").FillAsync("soon");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Make account" }).ClickAsync();
        await Expect(admin.Page.Locator("#name-error")).ToContainTextAsync("A tenant's name has 1 to 64");
        await Expect(admin.Page.Locator("#timeLimit")).ToHaveValueAsync("soon");
        await admin.LooksRightAsync("admin-new-wrong");
        await admin.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("dora");
        await admin.Page.GetByLabel("Longest job").FillAsync("1.5h");
        await admin.Page.GetByLabel("Active jobs").FillAsync("5");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Make account" }).ClickAsync();
        var password = await admin.Page.Locator("#once-password").InnerTextAsync();
        await admin.LooksRightAsync("admin-new-made");
        Assert.DoesNotContain(password, await (await admin.GoAsync("/admin/users/dora")).TextAsync());
        await admin.GoAsync("/admin/users");
        await Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "dora" })).ToContainTextAsync("New password due");
        await admin.LooksRightAsync("admin-users");

        await using var dora = await site.VisitAsync();
        dora.Expects(422);
        await dora.SignInAsync("dora", password);
        await Expect(dora.Page.GetByRole(AriaRole.Heading, new() { Name = "Choose a password" })).ToBeVisibleAsync();
        await dora.GoAsync("/jobs");
        Assert.Equal("/account", new Uri(dora.Page.Url).AbsolutePath);
        await Expect(dora.Page.GetByText("Reconnecting")).ToHaveCountAsync(0);
        await dora.LooksRightAsync("account-must-change");
        await ChangeAsync(dora, password, "short");
        await Expect(dora.Page.Locator("#newPassword-error")).ToContainTextAsync("at least 12 characters");
        await ChangeAsync(dora, password, Chosen);
        await Expect(dora.Page.GetByText("Your password is changed.")).ToBeVisibleAsync();
        await Expect(dora.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Longest job" })).ToContainTextAsync("1 h 30 m");
        await dora.LooksRightAsync("account");
        await dora.GoAsync("/jobs");
        await Expect(dora.Page.GetByRole(AriaRole.Heading, new() { Name = "Jobs" })).ToBeVisibleAsync();

        await admin.GoAsync("/admin/audit?target=dora");
        await Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "tenant-add" })).ToContainTextAsync(Server.Superuser);
        await Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "password-set" }).First).ToContainTextAsync("dora");
        await admin.LooksRightAsync("admin-audit");

        // Disabled, she is out at once, and so is what her page asks for by itself.
        dora.Expects(401);
        await admin.GoAsync("/admin/users/dora");
        await admin.Page.GetByText("Disable…").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Disable dora" }).ClickAsync();
        await Expect(admin.Page.GetByText("The account is disabled")).ToBeVisibleAsync();
        await dora.CancelDialogAsync();
        Assert.Equal(401, (await dora.GoAsync("/jobs")).Status);
    }

    [Fact]
    public async Task Without_scripts_an_account_gets_a_role_limits_a_password_and_its_end()
    {
        await using var admin = await site.VisitAsAsync(Server.Superuser, new() { JavaScriptEnabled = false });
        await admin.GoAsync("/admin/new-user");
        await admin.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("dave");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Make account" }).ClickAsync();
        var first = await admin.Page.Locator("#once-password").InnerTextAsync();
        await admin.Page.GetByText("sees its own jobs and the cluster").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Set role" }).ClickAsync();
        await Expect(admin.Page.GetByText("The role is viewer now.")).ToBeVisibleAsync();
        await admin.Page.GetByLabel("Cores of one job").FillAsync("16");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Set limits" }).ClickAsync();
        await Expect(admin.Page.GetByText("The limits are set.")).ToBeVisibleAsync();
        await Expect(admin.Page.GetByLabel("Cores of one job")).ToHaveValueAsync("16");
        await admin.Page.GetByText("Reset password…").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Reset password of dave" }).ClickAsync();
        Assert.NotEqual(first, await admin.Page.Locator("#once-password").InnerTextAsync());
        await admin.Page.GetByText("Delete…").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Delete dave" }).ClickAsync();
        await Expect(admin.Page.GetByText("The account dave is deleted.")).ToBeVisibleAsync();
        admin.Expects(404);
        Assert.Equal(404, (await admin.GoAsync("/admin/users/dave")).Status);
    }

    [Fact]
    public async Task Nobody_is_offered_to_disable_himself_and_the_page_says_why()
    {
        await using var admin = await site.VisitAsAsync(Server.Superuser);
        await admin.GoAsync($"/admin/users/{Server.Superuser}");
        await Expect(admin.Page.GetByText("Nobody disables, deletes or demotes himself")).ToContainTextAsync("the last superuser who can sign in; make another one first");
        await Expect(admin.Page.GetByText("Disable…")).ToHaveCountAsync(0);
        await Expect(admin.Page.GetByRole(AriaRole.Button, new() { Name = "Set role" })).ToHaveCountAsync(0);
        await admin.LooksRightAsync("admin-user-own");
    }

    [Fact]
    public async Task A_user_sees_no_administration()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(403);
        await visit.GoAsync("/account");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToHaveCountAsync(0);
        foreach (var path in new[] { "/admin/users", "/admin/users/bob", "/admin/new-user", "/admin/audit" })
        {
            Assert.Equal(403, (await visit.GoAsync(path)).Status);
        }
    }

    private static async Task ChangeAsync(Visit visit, string current, string chosen)
    {
        await visit.Page.GetByLabel("Current password", new() { Exact = true }).FillAsync(current);
        await visit.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(chosen);
        await visit.Page.GetByLabel("New password again", new() { Exact = true }).FillAsync(chosen);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
    }
}
