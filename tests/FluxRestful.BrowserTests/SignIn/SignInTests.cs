using System.Net;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.SignIn;

public sealed class SignInTests(Site site)
{
    [Fact]
    public async Task The_form_signs_in_and_goes_on_to_where_one_wanted_to_go()
    {
        await using var visit = await site.VisitAsync();
        await visit.GoAsync("/login?return=/logout");
        await visit.LooksRightAsync("sign-in");
        await visit.SignInAsync(Server.Alice);

        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as alice" })).ToBeVisibleAsync();
        Assert.Equal("/", new Uri(visit.Page.Url).AbsolutePath);
        var cookie = Assert.Single(await visit.Page.Context.CookiesAsync(), cookie => cookie.Name == "flux-restful-session");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);
    }

    [Fact]
    public async Task P34_whoever_comes_without_credentials_gets_the_form()
    {
        await using var visit = await site.VisitAsync();
        visit.Expects(401);
        await visit.CancelDialogAsync();
        var answer = await visit.GoAsync("/?q=1");

        Assert.Equal(401, answer.Status);
        Assert.Contains("Basic realm=\"FluxRestful\"", await answer.HeaderValueAsync("www-authenticate"));
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal("/?q=1", await visit.Page.Locator("input[name=return]").InputValueAsync());
    }

    [Fact]
    public async Task A_script_in_mid_work_is_refused_without_a_dialog()
    {
        using var client = site.Server.ClientFor("nobody");
        client.DefaultRequestHeaders.Authorization = null;
        client.DefaultRequestHeaders.Add("HX-Request", "true");
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Basic");
        Assert.Contains("Your session has ended", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_password_is_told_at_the_form_and_the_name_is_kept()
    {
        await using var visit = await site.VisitAsync();
        visit.Expects(422);
        await visit.SignInAsync(Server.Bob, "not the right one");

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not go together");
        Assert.Equal(Server.Bob, await visit.Page.GetByLabel("Name").InputValueAsync());
        await visit.LooksRightAsync("sign-in-wrong");
    }

    [Fact]
    public async Task P24_signing_out_ends_the_session_for_whoever_kept_its_cookie()
    {
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync(Server.Bob);
        var kept = await visit.Page.Context.CookiesAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as bob" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" })).ToBeVisibleAsync();
        await visit.LooksRightAsync("signed-out");

        visit.Expects(401);
        await visit.CancelDialogAsync();
        Assert.Equal(401, (await visit.GoAsync("/logout")).Status);
        await visit.Page.Context.AddCookiesAsync(kept.Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = site.Server.Address.ToString() }));
        Assert.Equal(401, (await visit.GoAsync("/logout")).Status);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your session has ended");
    }

    [Fact]
    public async Task Name_and_password_of_the_browsers_own_dialog_are_taken_too()
    {
        await using var visit = await site.VisitAsync(new() { HttpCredentials = new() { Username = Server.Alice, Password = Server.Password } });
        var answer = await visit.GoAsync("/logout");
        Assert.Equal(200, answer.Status);
        await visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page.GetByText("Close all its windows")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task P8_a_form_without_its_token_changes_nothing()
    {
        using var client = site.Server.ClientFor(Server.Alice);
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        using var form = new FormUrlEncodedContent([new("theme", "dark")]);
        var answer = await client.PostAsync("/ui/theme", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], cookie => cookie.Contains("theme", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_here_works_without_scripts()
    {
        await using var visit = await site.VisitAsync(new() { JavaScriptEnabled = false });
        await visit.SignInAsync(Server.Alice);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).GetByRole(AriaRole.Link, new() { Name = "Jobs" })).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as alice" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }
}
