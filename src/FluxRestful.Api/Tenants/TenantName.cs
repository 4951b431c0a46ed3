using System.Text.RegularExpressions;

namespace FluxRestful.Api.Tenants;

/// <summary>What a tenant may be called: a name that needs no escaping in a URL, a header, a log line or a shell.</summary>
internal static partial class TenantName
{
    internal const int Longest = 64;

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    internal static string? Problem(string name) => Shape().IsMatch(name)
        ? null
        : $"a tenant's name has 1 to {Longest} of the characters A-Z a-z 0-9 . _ @ - and starts with neither '.' nor '-'";

    // \z, not $: the latter allows a newline at the end.
    [GeneratedRegex(@"^[A-Za-z0-9_@][A-Za-z0-9._@-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
