using System.Net;
using FluxRestful.Api.Access;
using FluxRestful.Api.Pages.Admin.Users;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Tests.Api.Access.Sessions;
using FluxRestful.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Pages.Admin;

public sealed class UserPageTests
{
    private const string Last = "This is the last superuser who can sign in; make another one first.";
    private const string Own = "/admin/users/" + TestApp.Superuser;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_offered_or_let_change_who_he_is_and_the_last_superuser_is_told_that_he_is()
    {
        await using var app = await ApiApp.StartAsync();
        var browser = new Browser(app.App);
        await browser.SignInAsync(TestApp.Superuser, TestApp.SuperuserPassword);
        var page = await (await browser.GetAsync(Own)).Content.ReadAsStringAsync(Token);
        Assert.Contains(Last, page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Own}/disabled", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Own}/role", page, StringComparison.Ordinal);

        await app.App.AddTenantAsync("second", ApiApp.Password, Role.Superuser);
        Assert.DoesNotContain(Last, await (await browser.GetAsync(Own)).Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        foreach (var (verb, name, value) in ((string, string, string)[])[("disabled", "disabled", "yes"), ("role", "role", "user"), ("delete", "jobs", "leave")])
        {
            var answer = await browser.SendFormAsync(Own, $"{Own}/{verb}", (name, value));
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains("Nobody removes, disables or demotes himself", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_two_superusers_who_disable_each_other_the_later_one_is_told_who_is_the_last()
    {
        await using var app = await ApiApp.StartAsync();
        var services = app.App.Services;
        var accounts = services.GetRequiredService<TenantAccounts>();
        await app.App.AddTenantAsync("second", ApiApp.Password, Role.Superuser);
        var second = await services.GetRequiredService<TenantDirectory>().FindAsync("second", Token);

        // Let in, and disabled before the form is taken.
        var context = new DefaultHttpContext { RequestServices = services, User = TenantPrincipal.Of(second!, "test") };
        context.Request.ContentType = "application/x-www-form-urlencoded";
        context.Request.Body = new MemoryStream("disabled=yes"u8.ToArray());
        await accounts.ChangeAsync("second", new TenantChange { IsDisabled = true }, null, null, Token);
        var answer = Assert.IsType<RazorComponentResult>(await UserRoutes.SetDisabled(
            TestApp.Superuser, context, new CurrentTenant(new HttpContextAccessor { HttpContext = context }), accounts, services.GetRequiredService<TenantQuotas>(), Token));
        Assert.Equal(StatusCodes.Status409Conflict, answer.StatusCode);
        Assert.Equal($"There must be a superuser. {Last}", Assert.IsType<UserView>(answer.Parameters[nameof(UserPage.View)]).Errors[""]);
    }
}
