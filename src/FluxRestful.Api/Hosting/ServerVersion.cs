using System.Reflection;

namespace FluxRestful.Api.Hosting;

/// <summary>Which build this is.</summary>
internal static class ServerVersion
{
    internal static string Text { get; } = typeof(ServerVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
