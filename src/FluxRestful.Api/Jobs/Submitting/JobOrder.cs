using System.Text.Json.Nodes;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>A job ready to be submitted for somebody: what is left is the owner's mark.</summary>
/// <param name="Jobspec">Version 1 of RFC 25; changed when the mark is put in.</param>
/// <param name="Urgency">0 to 31.</param>
/// <param name="Index">Its place among the jobs that one HTTP request asks for.</param>
internal sealed record JobOrder(JsonObject Jobspec, int Urgency = Urgencies.Usual, int Index = 0)
{
    /// <summary>The queue that it names; null for the default one.</summary>
    internal string? Queue => (string?)Jobspec["attributes"]?["system"]?["queue"];

    /// <summary>The same once more, for another place.</summary>
    internal JobOrder Copy(int index) => this with { Jobspec = Jobspec.DeepClone().AsObject(), Index = index };
}
