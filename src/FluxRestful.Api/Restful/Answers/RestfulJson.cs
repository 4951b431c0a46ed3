using System.Text.Json.Serialization;

namespace FluxRestful.Api.Restful.Answers;

/// <summary>How <c>/v1</c> writes its answers: old names, absent rather than null, no reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RestfulAnswer))]
[JsonSerializable(typeof(RestfulDetail))]
[JsonSerializable(typeof(RestfulFieldErrors))]
[JsonSerializable(typeof(RestfulNodes))]
[JsonSerializable(typeof(RestfulOutput))]
[JsonSerializable(typeof(RestfulSubmitted))]
internal sealed partial class RestfulJson : JsonSerializerContext;
