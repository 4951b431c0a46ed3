namespace FluxRestful.Api.Health;

/// <param name="Status"><c>ok</c>, or <c>degraded</c> while the broker is away.</param>
public sealed record HealthAnswer(string Status);
