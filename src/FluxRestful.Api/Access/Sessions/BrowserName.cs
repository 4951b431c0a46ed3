using FluxRestful.Api.Audit;

namespace FluxRestful.Api.Access.Sessions;

/// <summary>A User-Agent header in a few words (<c>Firefox on Linux</c>), to tell one's own sessions apart. It is the sender's word and proves nothing.</summary>
internal static class BrowserName
{
    internal const int Longest = 64;

    // Most name others too: the first that is found is the one.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Null: it says nothing.</summary>
    internal static string? Of(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return null;
        }

        var (browser, system) = (Find(Browsers, userAgent), Find(Systems, userAgent));
        return browser is null ? AuditText.Clean(userAgent.Length > Longest ? userAgent[..Longest] : userAgent)
            : system is null ? browser
            : $"{browser} on {system}";
    }

    private static string? Find((string Sign, string Name)[] known, string text) =>
        Array.Find(known, one => text.Contains(one.Sign, StringComparison.Ordinal)).Name;
}
