using System.Text.Json.Serialization;
using FluxRestful.Api.Restful;
using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Hosting;

/// <summary>Everything this server writes or reads as JSON.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(RestfulDetail))]
[JsonSerializable(typeof(RestfulFieldErrors))]
[JsonSerializable(typeof(RestfulMessage))]
[JsonSerializable(typeof(RestfulToken))]
internal sealed partial class ServerJson : JsonSerializerContext;
