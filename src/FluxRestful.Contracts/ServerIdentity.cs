namespace FluxRestful.Contracts;

/// <summary>Who answers here.</summary>
/// <param name="Service">Always <c>flux-restful</c>.</param>
/// <param name="Version">The server's version.</param>
/// <param name="ApiVersion">The version of this API: <c>v1</c>.</param>
public sealed record ServerIdentity(string Service, string Version, string ApiVersion);
