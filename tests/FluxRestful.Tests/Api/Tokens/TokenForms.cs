using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FluxRestful.Tests.Api.Tokens;

/// <summary>The sentences that tests about tokens are made of.</summary>
internal static class TokenForms
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    internal static async Task<JsonElement> SignInAsync(ApiApp app, string name, string? scope = null, int status = 200) => await ApiApp.ReadAsync(
        await app.With(null).PostAsync(
            "/api/v1/token",
            Form([("grant_type", "password"), ("username", name), ("password", ApiApp.Password), .. scope is null ? [] : new[] { ("scope", scope) }]), Token),
        status);

    internal static async Task<JsonElement> RefreshAsync(ApiApp app, JsonElement grant, int status = 200) => await ApiApp.ReadAsync(
        await app.With(null).PostAsync(
            "/api/v1/token", Form(("grant_type", "refresh_token"), ("refresh_token", grant.GetProperty("refresh_token").GetString()!)), Token),
        status);

    internal static async Task RevokeAsync(ApiApp app, string token) =>
        await ApiApp.ReadAsync(await app.With(null).PostAsync("/api/v1/token/revoke", Form(("token", token)), Token), 200);

    internal static string Access(this JsonElement grant) => grant.GetProperty("access_token").GetString()!;

    internal static string Refresh(this JsonElement grant) => grant.GetProperty("refresh_token").GetString()!;

    internal static HttpClient Bearer(this ApiApp app, string token) => app.With(new("Bearer", token));

    /// <summary>Whether this token lets somebody in.</summary>
    internal static async Task<bool> IsGoodAsync(this ApiApp app, string token)
    {
        using var client = app.Bearer(token);
        var status = (int)(await client.GetAsync("/api/v1/nowhere", Token)).StatusCode;
        Assert.Contains(status, (int[])[401, 404]);
        return status == 404;
    }

    internal static JsonObject Claims(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    internal static JsonObject Header(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!.AsObject();
}
