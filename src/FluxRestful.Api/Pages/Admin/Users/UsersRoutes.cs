using FluxRestful.Api.Passwords;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Endpoints;
using FluxRestful.Api.Tenants.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Admin.Users;

/// <summary>The list of accounts, and the form that makes one.</summary>
internal static class UsersRoutes
{
    internal const string Path = "/admin/users";

    private const int PageSize = 50;

    internal static async Task<RazorComponentResult> List(
        string? after, string? role, string? state, string? deleted, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        bool? isDisabled = state switch
        {
            "open" => false,
            "disabled" => true,
            _ => null,
        };
        var wanted = role is null ? null : RoleName.Parse(role);
        var page = await accounts.PageAsync(after, wanted, isDisabled, PageSize + 1, cancellationToken);
        var view = new UsersView(
            [.. page.Take(PageSize).Select(tenant => UserAnswers.Write(tenant, quotas))],
            wanted is { } known ? RoleName.Of(known) : null,
            isDisabled is null ? null : state,
            after,
            page.Count > PageSize ? page[PageSize - 1].Name : null,
            deleted);
        return Page.Of<UsersPage>((nameof(UsersPage.View), view));
    }

    internal static RazorComponentResult Ask() => New(StatusCodes.Status200OK, new UserForm(), []);

    /// <summary>Always with a password that is generated, shown once, and good for choosing another.</summary>
    internal static async Task<RazorComponentResult> Create(HttpContext context, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        var form = UserForm.Read(await context.Request.ReadFormAsync(cancellationToken));
        var (limits, errors) = form.Check();
        if (TenantName.Problem(form.Name) is { } problem)
        {
            errors["name"] = char.ToUpperInvariant(problem[0]) + problem[1..] + ".";
        }

        if (errors.Count > 0)
        {
            return New(StatusCodes.Status422UnprocessableEntity, form, errors);
        }

        var password = GeneratedPassword.New();
        var account = new NewTenant(form.Name, UserAnswers.ReadRole(form.Role)) { MustChangePassword = true, Limits = UserAnswers.Read(limits) };
        var result = await accounts.AddAsync(account, password, cancellationToken);
        if (result is not { Outcome: AccountOutcome.Done, Tenant: { } tenant })
        {
            var refused = UserAnswers.Refuse(result.Outcome);
            return New(refused.StatusCode!.Value, form, new() { ["name"] = refused.Describe(context).Title + "." });
        }

        return await UserRoutes.PageAsync(StatusCodes.Status200OK, tenant, accounts, quotas, cancellationToken, password: password, done: "created");
    }

    private static RazorComponentResult New(int status, UserForm form, Dictionary<string, string> errors) =>
        Page.Of<NewUserPage>(status, (nameof(NewUserPage.Form), form), (nameof(NewUserPage.Errors), errors));
}
