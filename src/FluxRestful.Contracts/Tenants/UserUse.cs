namespace FluxRestful.Contracts.Tenants;

/// <summary>What an account uses of its limits at this moment.</summary>
/// <param name="ActiveJobs">Jobs that have not ended, with those that are being submitted.</param>
/// <param name="QueuedJobs">Those of them that have not started.</param>
/// <param name="SubmitsInLastMinute">Submits in the last sixty seconds, since the server started.</param>
public sealed record UserUse(int ActiveJobs, int QueuedJobs, int SubmitsInLastMinute);
