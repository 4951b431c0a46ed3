using System.Collections.Specialized;
using System.Text.RegularExpressions;
using System.Web;

namespace FluxRestful.Api.Pages.Preferences;

/// <summary>How somebody wants the pages in this browser: a cookie, so that the first paint is right. What it says is checked when it is read, for anybody can write it.</summary>
/// <param name="IsUtc">Times in UTC and not where the browser is.</param>
/// <param name="IsAbsolute">Times as a date and not as "4 m ago".</param>
/// <param name="IsCompact">Tables with less air.</param>
/// <param name="Columns">Columns of the jobs table by name, in this order; empty: the usual ones. The table decides which of them it knows.</param>
public sealed partial record Look(bool IsUtc, bool IsAbsolute, bool IsCompact, IReadOnlyList<string> Columns)
{
    internal const string Cookie = "flux-restful-look";

    private const int MostColumns = 24;

    internal static readonly Look Usual = new(false, false, false, []);

    internal string Zone => IsUtc ? "utc" : "local";

    internal string Times => IsAbsolute ? "date" : "ago";

    internal string Density => IsCompact ? "compact" : "comfortable";

    internal static Look Of(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 and < 2000 } text)
        {
            return Usual;
        }

        NameValueCollection parts = HttpUtility.ParseQueryString(text);
        return Usual with
        {
            IsUtc = parts["zone"] == "utc",
            IsAbsolute = parts["times"] == "date",
            IsCompact = parts["density"] == "compact",
            Columns = ReadColumns(parts["columns"]),
        };
    }

    internal static IReadOnlyList<string> ReadColumns(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(name => Word().IsMatch(name)).Distinct().Take(MostColumns)];

    /// <summary>To be remembered by this browser.</summary>
    internal void SetOn(HttpResponse response) => response.Cookies.Append(
        Cookie,
        $"zone={Zone}&times={Times}&density={Density}&columns={string.Join(',', Columns)}",
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" });

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$")]
    private static partial Regex Word();
}
