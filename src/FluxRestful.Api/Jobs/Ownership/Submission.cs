namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>A submit under way: whose it is, over which link to the broker, and the moment when the index has the job.</summary>
internal sealed class Submission(int tenantId, long generation)
{
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int TenantId => tenantId;

    public long Generation => generation;

    /// <summary>The index shows the job as its owner's.</summary>
    public Task Seen => _seen.Task;

    public void MarkSeen() => _seen.TrySetResult();
}
