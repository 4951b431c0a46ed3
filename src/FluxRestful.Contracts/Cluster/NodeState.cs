using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Cluster;

/// <summary>What a node is good for now.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NodeState>))]
public enum NodeState
{
    /// <summary>Nothing runs there.</summary>
    [JsonStringEnumMemberName("free")]
    Free,

    /// <summary>Some of it is in use.</summary>
    [JsonStringEnumMemberName("mixed")]
    Mixed,

    /// <summary>All of it is in use.</summary>
    [JsonStringEnumMemberName("allocated")]
    Allocated,

    /// <summary>It gets no more jobs, and some still run there.</summary>
    [JsonStringEnumMemberName("draining")]
    Draining,

    /// <summary>It gets no jobs.</summary>
    [JsonStringEnumMemberName("drained")]
    Drained,

    /// <summary>Its broker is not there.</summary>
    [JsonStringEnumMemberName("down")]
    Down,

    /// <summary>The instance's configuration keeps jobs from it.</summary>
    [JsonStringEnumMemberName("excluded")]
    Excluded,
}
