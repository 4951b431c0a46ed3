using System.Globalization;

namespace FluxRestful.Api.Pages.Words;

/// <summary>Numbers as people read them: <c>12,400</c>, <c>1 job</c>.</summary>
internal static class Counts
{
    internal static string Of(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Of(int count, string word) => $"{Of(count)} {word}{(count == 1 ? "" : "s")}";
}
