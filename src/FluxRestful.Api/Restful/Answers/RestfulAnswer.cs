using System.Text.Json.Serialization;

namespace FluxRestful.Api.Restful.Answers;

/// <summary>What came of a request about a job, in words; members that do not apply are absent.</summary>
public sealed record RestfulAnswer([property: JsonPropertyName("Message")] string Message)
{
    /// <summary>The job, as it was named in the request.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The message once more, of a refusal.</summary>
    [JsonPropertyName("detail")]
    public string? Detail { get; init; }

    /// <summary>What is wrong with a submit.</summary>
    [JsonPropertyName("Errors")]
    public IReadOnlyList<string>? Errors { get; init; }

    /// <summary>Why Flux refused a submit.</summary>
    [JsonPropertyName("Error")]
    public string? Error { get; init; }
}
