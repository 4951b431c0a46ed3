namespace FluxRestful.Api.Cluster;

/// <summary>What the instance has of what a job may ask for.</summary>
/// <param name="Nodes">That one job may ask for.</param>
/// <param name="HasGpus">Whether a job may ask for some.</param>
/// <param name="CoresOfNode">Of a node, on the average.</param>
/// <param name="AllNodes">That there are.</param>
internal sealed record ClusterSize(int Nodes, bool HasGpus, int CoresOfNode, int AllNodes)
{
    /// <summary>Cores that there are.</summary>
    public int AllCores { get; init; }

    /// <summary>Cores of the largest node.</summary>
    public int MostCores { get; init; }

    /// <summary>GPUs that there are.</summary>
    public int AllGpus { get; init; }

    /// <summary>GPUs of the node that has most.</summary>
    public int MostGpus { get; init; }
}
