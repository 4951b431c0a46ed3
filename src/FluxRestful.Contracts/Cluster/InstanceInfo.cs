using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Cluster;

/// <summary>Which server this is and which Flux instance it stands in front of. The members of flux-rest-server have its names.</summary>
/// <param name="Name">Always <c>flux-restful</c>.</param>
/// <param name="Version">The server's version.</param>
/// <param name="ApiVersion">Always <c>v1</c>.</param>
/// <param name="User">The Unix account that jobs run as.</param>
/// <param name="BrokerVersion">The broker's version.</param>
/// <param name="Rank">The rank of the broker that the server talks to.</param>
/// <param name="Size">How many brokers the instance has.</param>
/// <param name="State">Where the broker stands in its life: <c>run</c>, <c>cleanup</c>, <c>shutdown</c>, ...</param>
/// <param name="Started">When the broker started.</param>
public sealed record InstanceInfo(
    string Name,
    string Version,
    string ApiVersion,
    string User,
    [property: JsonPropertyName("broker_version")] string BrokerVersion,
    int Rank,
    int Size,
    string State,
    DateTimeOffset? Started = null);
