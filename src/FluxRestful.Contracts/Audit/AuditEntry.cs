namespace FluxRestful.Contracts.Audit;

/// <summary>Something that somebody did.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The tenant; <c>(nobody)</c>: whoever had not signed in; <c>(local)</c>: the server itself, or a verb inside the container.</param>
/// <param name="Action">What: <c>job-submit</c>, <c>sign-in</c>, <c>tenant-add</c> ...</param>
/// <param name="Result"><c>done</c>; <c>refused</c>: it was not allowed; <c>failed</c>: it could not be done.</param>
/// <param name="Target">To which job, tenant, token or node.</param>
/// <param name="Address">From which address; missing when it came by no network.</param>
/// <param name="Detail">More about it, in a few words.</param>
public sealed record AuditEntry(DateTimeOffset At, string Actor, string Action, string Result, string? Target = null, string? Address = null, string? Detail = null);
