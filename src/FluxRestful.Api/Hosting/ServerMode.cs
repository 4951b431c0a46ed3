namespace FluxRestful.Api.Hosting;

/// <summary>As whom jobs run. The member names in <c>FLUX_SERVER_MODE</c> carry a hyphen.</summary>
internal enum ServerMode
{
    /// <summary>Every job runs as the instance owner; the server alone keeps tenants apart.</summary>
    SingleUser,
}
