using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FluxRestful.Api.Tenants.Limits;

[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonValue))]
internal sealed partial class JobspecJson : JsonSerializerContext;
