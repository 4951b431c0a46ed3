using System.Text.Json;

namespace FluxRestful.Core.Services.Messages;

/// <summary>Three resource sets of RFC 20. Free is all minus down minus allocated, as sets.</summary>
public sealed record SchedStatus(JsonElement All, JsonElement Down, JsonElement Allocated);
