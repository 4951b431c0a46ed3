namespace FluxRestful.Api.Idempotency;

/// <summary>Where a key means something: one tenant's, on one route.</summary>
internal readonly record struct KeyScope(int TenantId, string Route, string Key);
