using System.Text.Json.Serialization;

namespace FluxRestful.Api.Presets;

/// <summary>How a form is kept.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class PresetJson : JsonSerializerContext;
