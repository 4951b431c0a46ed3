using System.Text.RegularExpressions;

namespace FluxRestful.Api.Pages.Submit.Variables;

/// <summary>Whether a variable's name speaks of something that is nobody's business: such a value is not shown, and not copied.</summary>
internal static partial class SecretNames
{
    internal static bool Has(string name) => Pattern().IsMatch(name);

    [GeneratedRegex("pass|secret|token|credential|private|api_?key|access_?key|_key$|^key$|auth|cookie|session|dsn|connection_?string", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
