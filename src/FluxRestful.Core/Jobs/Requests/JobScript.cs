using System.Text.Json;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>A script that travels in the jobspec. It begins with <c>#!</c>.</summary>
/// <param name="Text">The script.</param>
public sealed record JobScript(string Text)
{
    /// <summary>Run it inside a Flux instance of its own, as <c>flux batch</c> does; else it is the job's program, started once a task.</summary>
    public bool Nested { get; init; }

    /// <summary>Options of the nested instance's brokers.</summary>
    public IReadOnlyList<string> BrokerOptions { get; init; } = [];

    /// <summary>Configuration of the nested instance, an object.</summary>
    public JsonElement? BrokerConfiguration { get; init; }
}
