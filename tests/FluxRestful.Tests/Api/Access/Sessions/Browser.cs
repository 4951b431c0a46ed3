using System.Net;
using System.Text.RegularExpressions;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Access.Sessions;

/// <summary>What a browser does: it keeps cookies, and sends a form with the token that came with its page.</summary>
internal sealed partial class Browser(TestApp app)
{
    private readonly HttpClient _client = app.Anonymous();
    private readonly CookieContainer _cookies = new();

    internal string? Cookie(string name) => _cookies.GetCookies(_client.BaseAddress!)[name]?.Value;

    internal void SetCookie(string name, string value) => _cookies.Add(_client.BaseAddress!, new Cookie(name, value, "/"));

    internal async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request);
    }

    internal async Task<HttpResponseMessage> DeleteAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        return await SendAsync(request);
    }

    /// <summary>Loads the page, and sends one of its forms.</summary>
    internal async Task<HttpResponseMessage> SendFormAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await (await GetAsync(page)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", FormToken().Match(html).Groups[1].Value))
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        return await SendAsync(request);
    }

    internal Task<HttpResponseMessage> SignInAsync(string name, string password, string next = "/") =>
        SendFormAsync("/login", "/login", ("name", name), ("password", password), ("return", next));

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Add("Accept", "text/html");
        if (_cookies.GetCookieHeader(_client.BaseAddress!) is { Length: > 0 } sent)
        {
            request.Headers.Add("Cookie", sent);
        }

        var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            _cookies.SetCookies(_client.BaseAddress!, cookie);
        }

        return answer;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
