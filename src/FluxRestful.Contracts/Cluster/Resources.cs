namespace FluxRestful.Contracts.Cluster;

/// <summary>What the instance has, in numbers.</summary>
/// <param name="Total">All of it, excluded nodes left out.</param>
/// <param name="Allocated">What jobs have.</param>
/// <param name="Down">What cannot be used: not there, or drained. A draining node counts here and under <paramref name="Allocated"/>.</param>
/// <param name="Free">What a job could have now.</param>
public sealed record Resources(ResourceCount Total, ResourceCount Allocated, ResourceCount Down, ResourceCount Free);
