using System.ComponentModel.DataAnnotations;
using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Contracts.Tenants;

namespace FluxRestful.Api.Tenants.Endpoints;

/// <summary>Accounts as <c>/api/v1</c> writes and reads them.</summary>
internal static class UserAnswers
{
    internal static User Write(Tenant tenant, TenantQuotas quotas)
    {
        var use = quotas.UseOf(tenant.Id);
        return new User(
            tenant.Name,
            RoleName.Of(tenant.Role),
            tenant.IsDisabled,
            tenant.MustChangePassword,
            tenant.CreatedAt,
            Write(tenant.Limits),
            new UserUse(use.ActiveJobs, use.QueuedJobs, use.SubmitsInLastMinute),
            Write(quotas.HoldingFor(tenant.Limits)),
            tenant.LastSeenAt);
    }

    internal static TenantLimits Read(UserLimits limits) => new()
    {
        ActiveJobs = limits.ActiveJobs,
        QueuedJobs = limits.QueuedJobs,
        Nodes = limits.Nodes,
        Cores = limits.Cores,
        Duration = limits.Duration,
        SubmitsPerMinute = limits.SubmitsPerMinute,
    };

    /// <summary>What is wrong with a role and limits, by member.</summary>
    internal static Dictionary<string, string[]> Check(string? role, UserLimits? limits)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (role is not null && RoleName.Parse(role) is null)
        {
            errors["role"] = [$"This is none of {RoleName.Choices}."];
        }

        if (limits is not null)
        {
            foreach (var property in typeof(UserLimits).GetProperties())
            {
                var range = (RangeAttribute?)Attribute.GetCustomAttribute(property, typeof(RangeAttribute));
                if (range is not null && property.GetValue(limits) is int value && !range.IsValid(value))
                {
                    errors[$"limits.{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}"] = [$"This must be from {range.Minimum} to {range.Maximum}."];
                }
            }
        }

        return errors;
    }

    internal static Role ReadRole(string? role) => role is null ? Role.User : RoleName.Parse(role) ?? Role.User;

    internal static ProblemResult Refuse(AccountOutcome outcome, int activeJobs = 0) => outcome switch
    {
        AccountOutcome.Taken => new(ProblemType.UserExists, null),
        AccountOutcome.LastSuperuser => new(ProblemType.LastSuperuser, "This is the last superuser who can sign in; make another one first."),
        AccountOutcome.OwnAccount => new(ProblemType.OwnAccount, "Another superuser can."),
        AccountOutcome.Outdated => new(ProblemType.PreconditionFailed, "The account was changed since you saw it; read it again."),
        AccountOutcome.HasJobs => new(ProblemType.UserHasJobs, $"Jobs that have not ended: {activeJobs}.") { Hint = "jobs=cancel cancels them, jobs=leave lets them run on" },
        _ => new(ProblemType.UnknownUser, null),
    };

    /// <summary>What of If-Match is asked for; null: nothing.</summary>
    internal static string? Seen(HttpRequest request) => request.Headers.IfMatch.ToString() is { Length: > 0 } tag && tag != "*" ? tag : null;

    internal static void SetETag(HttpResponse response, Tenant tenant) => response.Headers.ETag = TenantWriter.ETag(tenant);

    internal static UserLimits Write(TenantLimits limits) =>
        new(limits.ActiveJobs, limits.QueuedJobs, limits.Nodes, limits.Cores, limits.Duration, limits.SubmitsPerMinute);
}
