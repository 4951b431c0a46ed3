using System.Globalization;

namespace FluxRestful.Tests.Live;

/// <summary>The account that the tests run as.</summary>
internal static class UserId
{
    internal static int Mine { get; } = int.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1],
        CultureInfo.InvariantCulture);
}
