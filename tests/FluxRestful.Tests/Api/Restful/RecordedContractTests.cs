using System.Globalization;
using System.Text;
using System.Text.Json;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Keys;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Tests.Api.Restful;

/// <summary>
/// Every exchange that was recorded from flux-restful-api, repeated in its order. Status, members and their types are the same but where
/// <see cref="Differences"/> says otherwise, and why.
/// </summary>
public sealed class RecordedContractTests
{
    private const string RecordedEcho = "7477437399040";
    private const string RecordedSleep = "7480172085248";

    private static readonly Dictionary<string, Difference> Differences = new()
    {
        ["token-bad-signature"] = new(400, "a 500 there"),
        ["submit-json-body"] = new(200, "the client repeats a submit as JSON body after a 401, which the old server did not read (C1)"),
        ["jobs-basic-auth-on-api"] = new(200, "name and password are taken on every route, so that the API page and scripts need no token"),
        ["job-unknown"] = new(404, "null with 200 there: an unknown job is not found"),
        ["job-malformed"] = new(422, "a 500 there (P19)"),
        ["output-unknown"] = new(404, "200 there: an unknown job is not found"),
        ["stream"] = new(401, "everybody could read every job's output without credentials (P5)"),
        ["cancel-unknown"] = new(404, "400 there: an unknown job is not found"),
    };

    /// <summary>Members that come in addition, and why.</summary>
    private static readonly Dictionary<string, string> Additions = new()
    {
        ["cwd"] = "a job runs in its account's home, not wherever the broker was started",
    };

    [Fact]
    public async Task Everything_recorded_is_answered_alike()
    {
        await using var app = await RestfulApp.StartAsync(("FLUX_NUMBER_NODES", "4"));
        await app.App.AddTenantAsync("peenut", "peenut");
        var ids = new Dictionary<string, string>();
        var differences = new List<string>();
        foreach (var exchange in Exchanges())
        {
            var name = exchange.GetProperty("name").GetString()!;
            await PrepareAsync(app, name, ids);
            var (status, body) = await SendAsync(app, exchange.GetProperty("request"), name, ids);
            Remember(name, body, ids);
            differences.AddRange(Compare(name, exchange.GetProperty("response"), status, body));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static IEnumerable<JsonElement> Exchanges() =>
        JsonElement.Parse(File.ReadAllText("Fixtures/contracts/flux-restful-api-v1.json")).GetProperty("exchanges").EnumerateArray()
            .Where(exchange => exchange.GetProperty("request").GetProperty("path").GetString()!.StartsWith("/v1/", StringComparison.Ordinal));

    /// <summary>The recording took its time between some of the requests.</summary>
    private static async Task PrepareAsync(RestfulApp app, string name, Dictionary<string, string> ids)
    {
        using var peenut = app.App.ClientFor("peenut");
        switch (name)
        {
            case "jobs":
                await RestfulApp.WaitAsync(peenut, ulong.Parse(ids[RecordedEcho], CultureInfo.InvariantCulture), "INACTIVE");
                await RestfulApp.WaitAsync(peenut, ulong.Parse(ids[RecordedSleep], CultureInfo.InvariantCulture), "RUN");
                break;
            case "cancel-again":
                await RestfulApp.WaitAsync(peenut, ulong.Parse(ids[RecordedSleep], CultureInfo.InvariantCulture), "INACTIVE");
                break;
        }
    }

    private static async Task<(int Status, string Body)> SendAsync(RestfulApp app, JsonElement request, string name, Dictionary<string, string> ids)
    {
        var path = request.GetProperty("path").GetString()!;
        foreach (var (recorded, real) in ids)
        {
            path = path.Replace(recorded, real, StringComparison.Ordinal);
        }

        using var message = new HttpRequestMessage(new HttpMethod(request.GetProperty("method").GetString()!), path);
        if (Authorization(app, name, request.GetProperty("headers")) is { } authorization)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (request.GetProperty("body").GetString() is { } body)
        {
            message.Content = new StringContent(body, Encoding.UTF8, request.GetProperty("headers").GetProperty("Content-Type").GetString()!);
        }

        using var client = app.App.Anonymous();
        using var response = await client.SendAsync(message);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string? Authorization(RestfulApp app, string name, JsonElement headers) => name switch
    {
        "token-bad-signature" => $"Bearer {Payload("peenut", "peenut", "token", "another key")}",
        "token-wrong-scope" => $"Bearer {Payload("peenut", "peenut", "x")}",
        "token-wrong-password" => $"Bearer {Payload("peenut", "WRONG", "token")}",
        "token-unknown-user" => $"Bearer {Payload("nobody", "pass", "token")}",
        "token-ok" => $"Bearer {Payload("peenut", "peenut", "token")}",
        "jobs-bad-token" => "Bearer garbage",
        "jobs-expired-token" => $"Bearer {AccessToken(app, "2", TimeSpan.FromMinutes(-10))}",
        "jobs-unknown-subject" => $"Bearer {AccessToken(app, "999", TimeSpan.FromMinutes(10))}",
        "jobs-basic-auth-on-api" => $"Basic {Convert.ToBase64String("peenut:peenut"u8)}",
        _ when headers.TryGetProperty("Authorization", out _) => app.App.ClientFor("peenut").DefaultRequestHeaders.Authorization!.ToString(),
        _ => null,
    };

    private static string Payload(string user, string password, string scope, string key = TestApp.SecretKey) =>
        Jwt(new { user, pass = password, scope }, key);

    private static string AccessToken(RestfulApp app, string subject, TimeSpan lifetime)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = AccessTokens.Issuer,
            Audience = AccessTokens.Audience,
            IssuedAt = now.AddHours(-1).UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["jti"] = "1", [AccessTokens.StampClaim] = "stamp" },
            SigningCredentials = new SigningCredentials(app.App.Services.GetRequiredService<SigningKeys>().Current, SecurityAlgorithms.HmacSha256),
        });
    }

    private static string Jwt(object payload, string key)
    {
        var signed = $"{Base64Url("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url(JsonSerializer.SerializeToUtf8Bytes(payload))}";
        return $"{signed}.{Base64Url(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static string Base64Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static void Remember(string name, string body, Dictionary<string, string> ids)
    {
        if (name is "submit-ok" or "submit-sleep")
        {
            ids[name == "submit-ok" ? RecordedEcho : RecordedSleep] = JsonElement.Parse(body).GetProperty("id").GetRawText();
        }
    }

    private static IEnumerable<string> Compare(string name, JsonElement recorded, int status, string body)
    {
        var difference = Differences.GetValueOrDefault(name);
        var expected = difference?.Status ?? recorded.GetProperty("status").GetInt32();
        if (status != expected)
        {
            yield return $"{name}: {status} instead of {expected}: {body}";
        }

        if (difference is not null || status != expected)
        {
            yield break;
        }

        var recordedBody = recorded.GetProperty("body");
        if (recordedBody.ValueKind == JsonValueKind.String)
        {
            yield break;
        }

        foreach (var wrong in CompareShape(name, recordedBody, JsonElement.Parse(body)))
        {
            yield return $"{wrong} in {body}";
        }
    }

    private static IEnumerable<string> CompareShape(string where, JsonElement recorded, JsonElement actual)
    {
        if (Kind(recorded) != Kind(actual))
        {
            yield return $"{where}: {Kind(actual)} instead of {Kind(recorded)}";
            yield break;
        }

        switch (recorded.ValueKind)
        {
            case JsonValueKind.Object when IsKeyedById(recorded):
                foreach (var wrong in CompareShape($"{where}.*", recorded.EnumerateObject().First().Value, actual.EnumerateObject().First().Value))
                {
                    yield return wrong;
                }

                break;
            case JsonValueKind.Object:
                foreach (var missing in recorded.EnumerateObject().Where(member => !actual.TryGetProperty(member.Name, out _)))
                {
                    yield return $"{where}.{missing.Name} is missing";
                }

                foreach (var member in actual.EnumerateObject())
                {
                    if (!recorded.TryGetProperty(member.Name, out var same))
                    {
                        if (!Additions.ContainsKey(member.Name))
                        {
                            yield return $"{where}.{member.Name} is new";
                        }

                        continue;
                    }

                    foreach (var wrong in CompareShape($"{where}.{member.Name}", same, member.Value))
                    {
                        yield return wrong;
                    }
                }

                break;
            case JsonValueKind.Array when recorded.GetArrayLength() > 0:
                if (actual.GetArrayLength() == 0)
                {
                    yield return $"{where} is empty";
                    break;
                }

                foreach (var wrong in CompareShape($"{where}[0]", recorded[0], actual[0]))
                {
                    yield return wrong;
                }

                break;
        }
    }

    private static bool IsKeyedById(JsonElement value) => value.EnumerateObject().FirstOrDefault() is { Name: { Length: > 0 } name } && ulong.TryParse(name, out _);

    /// <summary>60.0 and 60 are different to a client that was written in C.</summary>
    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? "real" : "integer",
        var other => other.ToString(),
    };

    private sealed record Difference(int Status, string Reason);
}
