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
    internal const string LastSuperuser = "This is the last superuser who can sign in; make another one first.";

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

    internal static TenantLimits Read(UserLimits limits)
    {
        return new()
        {
            ActiveJobs = Of("activeJobs", limits.ActiveJobs),
            QueuedJobs = Of("queuedJobs", limits.QueuedJobs),
            Nodes = Of("nodes", limits.Nodes),
            Cores = Of("cores", limits.Cores),
            Duration = Of("duration", limits.Duration),
            SubmitsPerMinute = Of("submitsPerMinute", limits.SubmitsPerMinute),
        };

        int? Of(string name, int? value) => limits.Unlimited?.Contains(name) == true ? TenantLimits.Unlimited : value;
    }

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
            CheckLimits(limits, errors);
        }

        return errors;
    }

    internal static Role ReadRole(string? role) => role is null ? Role.User : RoleName.Parse(role) ?? Role.User;

    internal static ProblemResult Refuse(AccountOutcome outcome, int activeJobs = 0) => outcome switch
    {
        AccountOutcome.Taken => new(ProblemType.UserExists, null),
        AccountOutcome.LastSuperuser => new(ProblemType.LastSuperuser, LastSuperuser),
        AccountOutcome.OwnAccount => new(ProblemType.OwnAccount, "Another superuser can."),
        AccountOutcome.Outdated => new(ProblemType.PreconditionFailed, "The account was changed since you saw it; read it again."),
        AccountOutcome.HasJobs => new(ProblemType.UserHasJobs, $"Jobs that have not ended: {activeJobs}.") { Hint = "jobs=cancel cancels them, jobs=leave lets them run on" },
        _ => new(ProblemType.UnknownUser, null),
    };

    /// <summary>What of If-Match is asked for; null: nothing.</summary>
    internal static string? Seen(HttpRequest request) => request.Headers.IfMatch.ToString() is { Length: > 0 } tag && tag != "*" ? tag : null;

    internal static void SetETag(HttpResponse response, Tenant tenant) => response.Headers.ETag = TenantWriter.ETag(tenant);

    internal static UserLimits Write(TenantLimits limits)
    {
        var unlimited = new List<string>();
        return new UserLimits(
            Of("activeJobs", limits.ActiveJobs),
            Of("queuedJobs", limits.QueuedJobs),
            Of("nodes", limits.Nodes),
            Of("cores", limits.Cores),
            Of("duration", limits.Duration),
            Of("submitsPerMinute", limits.SubmitsPerMinute)) is var written && unlimited.Count > 0 ? written with { Unlimited = unlimited } : written;

        int? Of(string name, int? value)
        {
            if (value == TenantLimits.Unlimited)
            {
                unlimited.Add(name);
                return null;
            }

            return value;
        }
    }

    private static void CheckLimits(UserLimits limits, Dictionary<string, string[]> errors)
    {
        var names = new List<string>();
        foreach (var property in typeof(UserLimits).GetProperties())
        {
            if (Attribute.GetCustomAttribute(property, typeof(RangeAttribute)) is not RangeAttribute range)
            {
                continue;
            }

            names.Add($"{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}");
            if (property.GetValue(limits) is int value && (!range.IsValid(value) || limits.Unlimited?.Contains(names[^1]) == true))
            {
                errors["limits." + names[^1]] = [range.IsValid(value) ? "This is unlimited, or has a number, not both." : $"This must be from {range.Minimum} to {range.Maximum}."];
            }
        }

        if (limits.Unlimited?.Except(names).FirstOrDefault() is not null || limits.Unlimited?.Contains(null!) == true)
        {
            errors["limits.unlimited"] = [$"These are among {string.Join(", ", names)}."];
        }
    }
}
