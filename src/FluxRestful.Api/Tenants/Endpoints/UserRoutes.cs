using FluxRestful.Api.Access;
using FluxRestful.Api.Idempotency;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants.Departures;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Contracts.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Tenants.Endpoints;

/// <summary><c>/api/v1/users</c>: the accounts, for superusers.</summary>
internal static class UserRoutes
{
    // A narrowed token must not make itself a wider one.
    private static readonly ProblemResult RoleTooHigh = new(ProblemType.Forbidden, "A token with scopes makes no operators and superusers, and lets none in again.");

    private const int MostOnPage = 1000;
    private const int UsualPage = 100;

    internal static void MapUsers(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").Requires(Permission.UsersAdmin).WithTags("users");
        users.MapGet("", List).Answers(ProblemType.InvalidRequest);
        users.MapPost("", Create).Answers(ProblemType.InvalidRequest, ProblemType.UserExists, ProblemType.TooLarge, ProblemType.UnsupportedMediaType).Idempotent();
        users.MapGet("/{name}", Show).Answers(ProblemType.UnknownUser);
        users.MapPatch("/{name}", Change).Answers(
            ProblemType.InvalidRequest, ProblemType.UnknownUser, ProblemType.LastSuperuser, ProblemType.OwnAccount, ProblemType.PreconditionFailed, ProblemType.TooLarge, ProblemType.UnsupportedMediaType);
        users.MapPost("/{name}/password", ResetPasswordOf).Requires(Permission.UsersElevate).Answers(
            ProblemType.InvalidRequest, ProblemType.UnknownUser, ProblemType.PreconditionFailed, ProblemType.TooLarge, ProblemType.UnsupportedMediaType);
        users.MapDelete("/{name}", Delete).Answers(
            ProblemType.InvalidRequest, ProblemType.UnknownUser, ProblemType.UserHasJobs, ProblemType.LastSuperuser, ProblemType.OwnAccount, ProblemType.PreconditionFailed);
    }

    /// <summary>The accounts, by name.</summary>
    /// <param name="after">The name after which to begin.</param>
    /// <param name="role">Only those of this role.</param>
    /// <param name="disabled">Only those that are disabled, or are not.</param>
    /// <param name="limit">How many at most, 1 to 1000; 100 if missing.</param>
    internal static async Task<Results<Ok<UserPage>, ProblemResult>> List(
        string? after, string? role, bool? disabled, int? limit, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MostOnPage)
        {
            return ProblemResult.Invalid("limit", $"This must be from 1 to {MostOnPage}.");
        }

        if (UserAnswers.Check(role, null) is { Count: > 0 } errors)
        {
            return ProblemResult.Invalid(errors);
        }

        var most = limit ?? UsualPage;
        var page = await accounts.PageAsync(after, role is null ? null : RoleName.Parse(role), disabled, most + 1, cancellationToken);
        return TypedResults.Ok(new UserPage([.. page.Take(most).Select(tenant => UserAnswers.Write(tenant, quotas))], page.Count > most ? page[most - 1].Name : null));
    }

    /// <summary>Makes an account.</summary>
    /// <remarks>Without a password one is generated; it is in this answer and nowhere else, and must be changed before anything else is done.</remarks>
    internal static async Task<Results<Created<CreatedUser>, ProblemResult>> Create(
        NewUser user, HttpContext context, CurrentTenant current, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        var errors = UserAnswers.Check(user.Role, user.Limits);
        if (TenantName.Problem(user.Name) is { } name)
        {
            errors["name"] = [name];
        }

        if (user.Password is { } given && PasswordPolicy.ProblemOfOperators(given, user.Name) is { } problem)
        {
            errors["password"] = [problem];
        }

        if (errors.Count > 0)
        {
            return ProblemResult.Invalid(errors);
        }

        if (!MayGive(current, user.Role))
        {
            return RoleTooHigh;
        }

        var generated = user.Password is null ? GeneratedPassword.New() : null;
        var account = new NewTenant(user.Name, UserAnswers.ReadRole(user.Role))
        {
            MustChangePassword = user.MustChangePassword ?? generated is not null,
            Limits = UserAnswers.Read(user.Limits ?? new UserLimits()),
        };
        var result = await accounts.AddAsync(account, generated ?? user.Password!, cancellationToken);
        if (result is not { Outcome: AccountOutcome.Done, Tenant: { } tenant })
        {
            return UserAnswers.Refuse(result.Outcome);
        }

        UserAnswers.SetETag(context.Response, tenant);
        return TypedResults.Created($"/api/v1/users/{Uri.EscapeDataString(tenant.Name)}", new CreatedUser(UserAnswers.Write(tenant, quotas), generated));
    }

    /// <summary>One account, with what it uses of its limits.</summary>
    /// <remarks>The ETag names this state of it; a change can be made to depend on that with If-Match.</remarks>
    /// <param name="name">Its name.</param>
    internal static async Task<Results<Ok<User>, ProblemResult>> Show(
        string name, HttpContext context, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return UserAnswers.Refuse(AccountOutcome.Unknown);
        }

        UserAnswers.SetETag(context.Response, tenant);
        return TypedResults.Ok(UserAnswers.Write(tenant, quotas));
    }

    /// <summary>Changes an account's role or limits, disables or enables it.</summary>
    /// <remarks>
    /// Takes effect at once, on every token too. Without If-Match the last change of a member wins. The last superuser stays one, and nobody disables or demotes himself.
    /// </remarks>
    /// <param name="name">Its name.</param>
    internal static async Task<Results<Ok<User>, ProblemResult>> Change(
        string name, UserChange change, HttpContext context, CurrentTenant current, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken)
    {
        if (UserAnswers.Check(change.Role, change.Limits) is { Count: > 0 } errors)
        {
            return ProblemResult.Invalid(errors);
        }

        // Whoever is let in again has his role again.
        if (!MayGive(current, change.Role)
            || (change.Disabled == false && await accounts.FindAsync(name, cancellationToken) is { IsDisabled: true } was && !MayGive(current, RoleName.Of(was.Role))))
        {
            return RoleTooHigh;
        }

        var wanted = new TenantChange
        {
            Role = change.Role is null ? null : RoleName.Parse(change.Role),
            IsDisabled = change.Disabled,
            Limits = change.Limits is { } limits ? _ => UserAnswers.Read(limits) : null,
        };
        var result = await accounts.ChangeAsync(name, wanted, current.Id, UserAnswers.Seen(context.Request), cancellationToken);
        if (result is not { Outcome: AccountOutcome.Done, Tenant: { } tenant })
        {
            return UserAnswers.Refuse(result.Outcome);
        }

        UserAnswers.SetETag(context.Response, tenant);
        return TypedResults.Ok(UserAnswers.Write(tenant, quotas));
    }

    /// <summary>Gives an account another password, generated if none is given. Its tokens end.</summary>
    /// <param name="name">Its name.</param>
    internal static async Task<Results<Ok<ResetPassword>, ProblemResult>> ResetPasswordOf(
        string name, PasswordReset reset, HttpContext context, TenantAccounts accounts, CancellationToken cancellationToken)
    {
        if (reset.Password is { } given && PasswordPolicy.ProblemOfOperators(given, name) is { } problem)
        {
            return ProblemResult.Invalid("password", problem);
        }

        var generated = reset.Password is null ? GeneratedPassword.New() : null;
        var mustChange = reset.MustChangePassword ?? true;
        var result = await accounts.SetPasswordAsync(name, generated ?? reset.Password!, mustChange, UserAnswers.Seen(context.Request), cancellationToken);
        return result.IsDone ? TypedResults.Ok(new ResetPassword(name, mustChange, generated)) : UserAnswers.Refuse(result.Outcome);
    }

    /// <summary>Deletes an account.</summary>
    /// <remarks>Its jobs never become those of a later account of the same name; superusers and operators see them still.</remarks>
    /// <param name="name">Its name.</param>
    /// <param name="jobs">
    /// What to do if it has jobs that have not ended: `refuse` (if missing) to delete it, `cancel` them, or `leave` them to superusers and operators.
    /// </param>
    internal static async Task<Results<Ok<DeletedUser>, ProblemResult>> Delete(
        string name, string? jobs, HttpContext context, CurrentTenant current, TenantFarewell farewell, CancellationToken cancellationToken)
    {
        JobsOnDeletion? policy = jobs switch
        {
            null or "refuse" => JobsOnDeletion.Refuse,
            "cancel" => JobsOnDeletion.Cancel,
            "leave" => JobsOnDeletion.Leave,
            _ => null,
        };
        if (policy is null)
        {
            return ProblemResult.Invalid("jobs", "This is none of refuse, cancel, leave.");
        }

        var (result, active) = await farewell.DeleteAsync(name, policy.Value, current.Id, UserAnswers.Seen(context.Request), cancellationToken);
        return result.IsDone
            ? TypedResults.Ok(new DeletedUser(name, active, policy == JobsOnDeletion.Cancel ? "cancel" : "leave"))
            : UserAnswers.Refuse(result.Outcome, active);
    }

    private static bool MayGive(CurrentTenant current, string? role) =>
        role is null || RoleName.Parse(role) is Role.Viewer or Role.User || current.May(Permission.UsersElevate);
}
