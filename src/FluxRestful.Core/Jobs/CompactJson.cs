using System.Text.Json.Serialization;

namespace FluxRestful.Core.Jobs;

[JsonSerializable(typeof(string))]
internal sealed partial class CompactJson : JsonSerializerContext;
