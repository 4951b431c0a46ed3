namespace FluxRestful.Api.Idempotency;

/// <summary>An answer as it is given again.</summary>
internal sealed record KeyAnswer(int Status, string? Location, string? ContentType, byte[] Body);
