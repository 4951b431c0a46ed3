using System.Text.Json;

namespace FluxRestful.Api.Pages.Submit.Sources;

/// <summary>A job as a form to begin with.</summary>
/// <param name="Id">Of the job.</param>
/// <param name="Jobspec">As Flux has it, with later changes.</param>
/// <param name="Form">All that can be taken over.</param>
/// <param name="Hidden">Names of variables that look like secrets; they are not taken over.</param>
/// <param name="Environment">Whether its environment is known.</param>
/// <param name="Dropped">Dependencies that would be refused, or mean nothing any more.</param>
public sealed record CopiedJob(string Id, JsonElement Jobspec, SubmitForm Form, IReadOnlyList<string> Hidden, bool Environment, IReadOnlyList<string> Dropped);
