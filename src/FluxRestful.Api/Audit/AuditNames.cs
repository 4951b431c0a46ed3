using System.Collections.Frozen;
using System.Text.Json;

namespace FluxRestful.Api.Audit;

/// <summary>The names of actions and results as they are stored and shown, and which actions are everyday ones.</summary>
internal static class AuditNames
{
    private static readonly FrozenDictionary<AuditAction, string> OfAction = Enum.GetValues<AuditAction>()
        .ToFrozenDictionary(action => action, action => JsonNamingPolicy.KebabCaseLower.ConvertName(action.ToString()));

    private static readonly FrozenDictionary<AuditResult, string> OfResult = Enum.GetValues<AuditResult>()
        .ToFrozenDictionary(result => result, result => JsonNamingPolicy.KebabCaseLower.ConvertName(result.ToString()));

    internal static IEnumerable<string> Actions => OfAction.Values.Order(StringComparer.Ordinal);

    internal static IEnumerable<string> Results => OfResult.Values.Order(StringComparer.Ordinal);

    internal static string Of(AuditAction action) => OfAction[action];

    internal static string Of(AuditResult result) => OfResult[result];

    /// <summary>
    /// What tenants do by the thousand, and what somebody without an account can cause: nobody waits until it is written, and it has a share of the table of its
    /// own, so that no flood of it pushes out what an administrator did.
    /// </summary>
    internal static bool IsRoutine(AuditAction action) => action
        is AuditAction.JobSubmit or AuditAction.JobCancel or AuditAction.JobSignal or AuditAction.JobUrgency or AuditAction.JobUpdate or AuditAction.JobMemo or AuditAction.JobInput
        or AuditAction.SignIn or AuditAction.SignOut or AuditAction.AccessDenied or AuditAction.TokenIssue;
}
