namespace FluxRestful.Api.Storage.Cluster;

/// <summary>The instance at a moment, or on average over a quarter of an hour, in numbers of everybody together.</summary>
internal sealed class ClusterSample
{
    /// <summary>For how many seconds it stands: 60 or 900.</summary>
    public int Step { get; init; }

    /// <summary>The beginning of the step.</summary>
    public DateTimeOffset At { get; init; }

    public double CoresAllocated { get; init; }

    public double CoresFree { get; init; }

    public double CoresDown { get; init; }

    public double GpusAllocated { get; init; }

    public double GpusFree { get; init; }

    public double GpusDown { get; init; }

    public double NodesAllocated { get; init; }

    public double NodesFree { get; init; }

    public double NodesDown { get; init; }

    public double Pending { get; init; }

    public double Running { get; init; }
}
