using System.Net;
using System.Net.Http.Headers;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Account;

public sealed class TokensPageTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_shown_once_lets_a_program_in_and_no_more_when_it_is_revoked()
    {
        await using var visit = await site.VisitAsAsync(Server.Bob);
        visit.Expects(422);
        await visit.GoAsync("/account");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Tokens and sessions" }).ClickAsync();
        await Expect(visit.Page.GetByText("You have no tokens.")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        await Expect(visit.Page.Locator("#name-error")).ToContainTextAsync("1 to 64 characters");
        await visit.LooksRightAsync("account-tokens-wrong");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("nightly <b>run</b>");
        await visit.Page.GetByLabel("Only from").FillAsync("127.0.0.0/8 ::1/128");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        var token = await visit.Page.Locator("#once-token").InnerTextAsync();
        await Expect(visit.Page.Locator("#once-exports")).ToContainTextAsync($"export FLUX_TOKEN={token}");
        await visit.LooksRightAsync("account-tokens-made");
        Assert.DoesNotContain(token, await (await visit.GoAsync("/account/tokens")).TextAsync(), StringComparison.Ordinal);

        using var program = new HttpClient { BaseAddress = site.Server.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/jobs", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/v1/nodes", Token)).StatusCode);
        await visit.GoAsync("/account/tokens");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "nightly <b>run</b>" });
        await Expect(row).ToContainTextAsync("127.0.0.0/8 ::1/128");
        await Expect(row).Not.ToContainTextAsync("never");
        await row.GetByRole(AriaRole.Link, new() { Name = "Revoke" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("It cannot be brought back.");
        await visit.LooksRightAsync("account-tokens-revoke");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke token" }).ClickAsync();
        await Expect(visit.Page.GetByText("The token is revoked.")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/jobs", Token)).StatusCode);
    }

    [Fact]
    public async Task Without_scripts_a_token_is_made_and_revoked()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { JavaScriptEnabled = false });
        await visit.GoAsync("/account/tokens");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("by hand");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        await Expect(visit.Page.Locator("#once-token")).ToContainTextAsync("frp_");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Revoke by hand" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke token" }).ClickAsync();
        await Expect(visit.Page.GetByText("The token is revoked.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_tenant_sees_its_browsers_and_ends_another_one_then_all_others_then_this_one()
    {
        await using var here = await site.VisitAsync();
        await using var there = await site.VisitAsync();
        await using var elsewhere = await site.VisitAsync();
        foreach (var visit in (Visit[])[there, elsewhere, here])
        {
            await visit.SignInAsync(Server.Bob);
            await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as bob" })).ToBeVisibleAsync();
        }

        await here.GoAsync("/account/tokens");
        var rows = here.Page.GetByRole(AriaRole.Region, new() { Name = "Browsers that are signed in" }).Locator("tbody tr");
        await Expect(rows.Filter(new() { HasText = "this one" })).ToContainTextAsync("Chrom");
        await here.LooksRightAsync("account-sessions");
        var count = await rows.CountAsync();
        there.Expects(401);
        elsewhere.Expects(401);
        await rows.Filter(new() { HasNotText = "this one" }).First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(here.Page.GetByText("That browser is signed out.")).ToBeVisibleAsync();
        await Expect(rows).ToHaveCountAsync(count - 1);
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "End all others" }).ClickAsync();
        await Expect(here.Page.GetByText("All other browsers are signed out.")).ToBeVisibleAsync();
        await Expect(rows).ToHaveCountAsync(1);
        foreach (var visit in (Visit[])[there, elsewhere])
        {
            await visit.CancelDialogAsync();
            Assert.Equal(401, (await visit.GoAsync("/jobs")).Status);
        }

        await rows.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(here.Page.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" })).ToBeVisibleAsync();
        site.ForgetSession(Server.Bob);
    }

    [Fact]
    public async Task Signed_out_everywhere_another_browser_is_out_too()
    {
        await using var here = await site.VisitAsync();
        await using var there = await site.VisitAsync();
        await here.SignInAsync(Server.Bob);
        await there.SignInAsync(Server.Bob);
        await here.GoAsync("/account/tokens");
        // The page that is open there may ask for its news before anybody does, and is refused.
        there.Expects(401);
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Expect(here.Page.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" })).ToBeVisibleAsync();
        await there.CancelDialogAsync();
        Assert.Equal(401, (await there.GoAsync("/jobs")).Status);
        site.ForgetSession(Server.Bob);
    }
}
