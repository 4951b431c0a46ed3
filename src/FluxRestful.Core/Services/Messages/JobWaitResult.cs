using System.Text.Json.Serialization;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Core.Services.Messages;

/// <summary>How a job ended that somebody waited for.</summary>
public sealed record JobWaitResult([property: JsonPropertyName("id")] long WireId, bool Success, [property: JsonPropertyName("errstr")] string ErrorText)
{
    /// <summary>Which job it was.</summary>
    [JsonIgnore]
    public JobId Id => JobId.FromWire(WireId);
}
