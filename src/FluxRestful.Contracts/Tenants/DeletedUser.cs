namespace FluxRestful.Contracts.Tenants;

/// <summary>An account that is no more.</summary>
/// <param name="Name">What it was called.</param>
/// <param name="ActiveJobs">How many of its jobs had not ended.</param>
/// <param name="Jobs">What becomes of them: <c>cancel</c> or <c>leave</c>. They stay visible to superusers and operators.</param>
public sealed record DeletedUser(string Name, int ActiveJobs, string Jobs);
