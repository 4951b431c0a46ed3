using FluxRestful.Contracts.Cluster;

namespace FluxRestful.Api.Pages.Admin.Server;

/// <summary>What the page shows of the server and the instance.</summary>
/// <param name="Queues">The queues; empty while Flux is away.</param>
/// <param name="Nodes">The nodes that get no jobs.</param>
/// <param name="Settings">By name, secrets masked.</param>
/// <param name="Broker">Where the broker is.</param>
/// <param name="Database">Where the database is, and how big.</param>
/// <param name="InstanceName">What is typed to end it.</param>
/// <param name="Form">What stands in the fields.</param>
/// <param name="Errors">What is wrong, by field; an empty name is the whole.</param>
/// <param name="Instance">Null while Flux is away.</param>
/// <param name="Said">The text of the announcement.</param>
/// <param name="SaidBy">Whose it is.</param>
/// <param name="Done">What was just done.</param>
public sealed record SystemView(
    IReadOnlyList<Queue> Queues,
    IReadOnlyList<Node> Nodes,
    IReadOnlyList<(string Name, string? Value)> Settings,
    string Broker,
    string Database,
    string InstanceName,
    IReadOnlyDictionary<string, string> Form,
    IReadOnlyDictionary<string, string> Errors,
    InstanceInfo? Instance = null,
    string? Said = null,
    string? SaidBy = null,
    string? Done = null);
