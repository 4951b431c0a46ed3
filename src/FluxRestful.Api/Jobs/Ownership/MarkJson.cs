using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FluxRestful.Api.Jobs.Ownership;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class MarkJson : JsonSerializerContext;
