namespace FluxRestful.Api.Pages.Layout;

/// <summary>Light, dark, or as the browser has it: a cookie, so that the first paint is right.</summary>
internal static class Theme
{
    internal const string Cookie = "flux-restful-theme";
    internal const string Auto = "auto";

    internal static readonly IReadOnlyList<(string Value, string Word, string Icon)> All =
        [(Auto, "Auto", "sun-moon"), ("light", "Light", "sun"), ("dark", "Dark", "moon")];

    internal static string Of(HttpRequest request) => Known(request.Cookies[Cookie]);

    internal static void Set(HttpResponse response, string? theme) => response.Cookies.Append(Cookie, Known(theme), new CookieOptions
    {
        MaxAge = TimeSpan.FromDays(365),
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
    });

    private static string Known(string? theme) => All.Any(one => one.Value == theme) ? theme! : Auto;
}
