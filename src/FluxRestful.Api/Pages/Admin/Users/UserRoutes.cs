using FluxRestful.Api.Access;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Departures;
using FluxRestful.Api.Tenants.Endpoints;
using FluxRestful.Api.Tenants.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Admin.Users;

/// <summary>One account, and what can be done with it. What the accounts refuse is told on the page in their words.</summary>
internal static class UserRoutes
{
    internal static async Task<IResult> Show(string name, string? done, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken) =>
        await accounts.FindAsync(name, cancellationToken) is { } tenant
            ? await PageAsync(StatusCodes.Status200OK, tenant, accounts, quotas, cancellationToken, done: done) : Unknown();

    internal static async Task<IResult> SetRole(
        string name, HttpContext context, CurrentTenant current, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var result = await accounts.ChangeAsync(name, new TenantChange { Role = RoleName.Parse(form["role"].ToString()) }, current.Id, form["seen"], cancellationToken);
        return await AnswerAsync(context, name, "role", result, accounts, quotas, cancellationToken);
    }

    internal static async Task<IResult> SetLimits(
        string name, HttpContext context, CurrentTenant current, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (await accounts.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return Unknown();
        }

        var typed = UserForm.Read(form) with { Name = tenant.Name, Role = RoleName.Of(tenant.Role) };
        var (limits, errors) = typed.Check();
        if (errors.Count > 0)
        {
            return await PageAsync(StatusCodes.Status422UnprocessableEntity, tenant, accounts, quotas, cancellationToken, errors, typed);
        }

        var result = await accounts.ChangeAsync(name, new TenantChange { Limits = _ => UserAnswers.Read(limits) }, current.Id, form["seen"], cancellationToken);
        return await AnswerAsync(context, name, "limits", result, accounts, quotas, cancellationToken);
    }

    internal static async Task<IResult> SetDisabled(
        string name, HttpContext context, CurrentTenant current, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var isDisabled = form["disabled"] == "yes";
        var result = await accounts.ChangeAsync(name, new TenantChange { IsDisabled = isDisabled }, current.Id, form["seen"], cancellationToken);
        return await AnswerAsync(context, name, isDisabled ? "disabled" : "enabled", result, accounts, quotas, cancellationToken);
    }

    internal static async Task<IResult> ResetPassword(string name, HttpContext context, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var password = GeneratedPassword.New();
        var result = await accounts.SetPasswordAsync(name, password, mustChange: true, form["seen"], cancellationToken);
        return result is { IsDone: true, Tenant: { } tenant }
            ? await PageAsync(StatusCodes.Status200OK, tenant, accounts, quotas, cancellationToken, password: password, done: "password")
            : await AnswerAsync(context, name, "password", result, accounts, quotas, cancellationToken);
    }

    internal static async Task<IResult> Delete(
        string name, HttpContext context, CurrentTenant current, TenantFarewell farewell, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var policy = form["jobs"].ToString() switch
        {
            "cancel" => JobsOnDeletion.Cancel,
            "leave" => JobsOnDeletion.Leave,
            _ => JobsOnDeletion.Refuse,
        };
        var (result, active) = await farewell.DeleteAsync(name, policy, current.Id, form["seen"], cancellationToken);
        return result.IsDone
            ? TypedResults.LocalRedirect($"{UsersRoutes.Path}?deleted={Uri.EscapeDataString(name)}")
            : await AnswerAsync(context, name, "", result, accounts, quotas, cancellationToken, active);
    }

    internal static async Task<RazorComponentResult> PageAsync(
        int status, Tenant tenant, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken,
        Dictionary<string, string>? errors = null, UserForm? form = null, string? password = null, string? done = null)
    {
        var user = UserAnswers.Write(tenant, quotas);
        // Whoever looks is one: it is himself.
        var isLast = tenant is { Role: Role.Superuser, IsDisabled: false } && (await accounts.PageAsync(null, Role.Superuser, isDisabled: false, 2, cancellationToken)).Count < 2;
        return Page.Of<UserPage>(
            status, (nameof(UserPage.View), new UserView(user, TenantWriter.ETag(tenant), form ?? UserForm.Of(user), errors ?? [], password, done, isLast)));
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, string name, string done, AccountResult result, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken,
        int activeJobs = 0)
    {
        if (result.IsDone)
        {
            return TypedResults.LocalRedirect($"{UsersRoutes.Path}/{Uri.EscapeDataString(name)}?done={done}");
        }

        if (await accounts.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return Unknown();
        }

        var refused = UserAnswers.Refuse(result.Outcome, activeJobs);
        var problem = refused.Describe(context);
        return await PageAsync(problem.Status, tenant, accounts, quotas, cancellationToken, new() { [""] = $"{problem.Title}. {problem.Detail}" });
    }

    private static RazorComponentResult Unknown() => Page.Of<ProblemPage>(
        ProblemType.UnknownUser.Status, (nameof(ProblemPage.Title), ProblemType.UnknownUser.Title), (nameof(ProblemPage.Advice), "It may have been deleted, or the name may be mistyped."));
}
