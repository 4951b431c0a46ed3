using FluxRestful.Api.Access;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Contracts.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Tenants.Endpoints;

/// <summary><c>/api/v1/account</c>: oneself.</summary>
internal static class AccountRoutes
{
    internal static void MapAccount(this RouteGroupBuilder api)
    {
        var account = api.MapGroup("/account").Requires(Permission.OwnPassword).WithTags("account");
        account.MapGet("", Show).Answers(ProblemType.UnknownUser);
        account.MapPut("/password", ChangePassword).Answers(ProblemType.InvalidRequest, ProblemType.UnknownUser, ProblemType.TooLarge, ProblemType.UnsupportedMediaType);
    }

    /// <summary>Who I am, what I may do and how much, and what I use of it.</summary>
    internal static async Task<Results<Ok<User>, ProblemResult>> Show(
        CurrentTenant current, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken) =>
        await accounts.FindAsync(current.Name, cancellationToken) is { } tenant && tenant.Id == current.Id
            ? TypedResults.Ok(UserAnswers.Write(tenant, quotas))
            : UserAnswers.Refuse(AccountOutcome.Unknown);

    /// <summary>Changes my password. Every token that was had with the old one ends, also the one of this request.</summary>
    internal static async Task<Results<NoContent, ProblemResult>> ChangePassword(
        OwnPassword passwords, HttpContext context, CurrentTenant current, PasswordSignIn signIn, TenantAccounts accounts, CancellationToken cancellationToken)
    {
        // The same brakes as for signing in: a stolen token must not be good for trying passwords.
        var result = await signIn.SignInAsync(current.Name, passwords.CurrentPassword, context.Connection.RemoteIpAddress, cancellationToken);
        if (result.Outcome != SignInOutcome.Accepted)
        {
            var refusal = Refusal.Of(result);
            return refusal.RetryAfter is { } seconds
                ? new ProblemResult(refusal.Type, refusal.Detail) { RetryAfter = TimeSpan.FromSeconds(seconds) }
                : ProblemResult.Invalid("currentPassword", "This is not your password.");
        }

        if (PasswordPolicy.ProblemOfOwn(passwords.NewPassword, current.Name) is { } problem)
        {
            return ProblemResult.Invalid("newPassword", problem);
        }

        if (passwords.NewPassword == passwords.CurrentPassword)
        {
            return ProblemResult.Invalid("newPassword", "This is the password that you have.");
        }

        var changed = await accounts.SetPasswordAsync(current.Name, passwords.NewPassword, mustChange: false, seen: null, cancellationToken);
        return changed.IsDone ? TypedResults.NoContent() : UserAnswers.Refuse(changed.Outcome);
    }
}
