using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Restful;

/// <summary>The token-* and login-* exchanges of the recorded contract.</summary>
public sealed class TokenEndpointsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_encoded_payload_is_exchanged_for_a_token_that_works()
    {
        await using var app = await NewAppAsync();
        await WorksAsync(app, await app.With("Bearer", Payload("peenut", "peenut")).PostAsync("/v1/token", null, Token));
    }

    [Fact]
    public async Task The_payload_may_come_without_the_word_bearer()
    {
        await using var app = await NewAppAsync();
        var client = app.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", Payload("peenut", "peenut"));
        await WorksAsync(app, await client.PostAsync("/v1/token", null, Token));
    }

    [Fact]
    public async Task Every_wrong_payload_is_denied_in_the_same_words()
    {
        await using var app = await NewAppAsync();
        await app.Services.GetRequiredService<TenantAccounts>().AddAsync("gone", "gone", Role.User, Token);
        await app.Services.GetRequiredService<TenantAccounts>().SetDisabledAsync("gone", true, Token);
        string?[] wrong =
        [
            null,
            "",
            "garbage",
            Payload("peenut", "wrong"),
            Payload("nobody", "peenut"),
            Payload("gone", "gone"),
            Jwt.Sign("""{"user":"peenut","pass":"peenut","scope":"token"}""", "another key"),
            Jwt.Sign("""{"user":"peenut","pass":"peenut","scope":"x"}""", TestApp.SecretKey),
            Jwt.Sign("""{"user":"peenut","pass":"peenut","scope":"token"}""", TestApp.SecretKey, """{"alg":"none"}"""),
        ];
        foreach (var token in wrong)
        {
            var client = app.Anonymous();
            if (token is not null)
            {
                client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
            }

            var answer = await client.PostAsync("/v1/token", null, Token);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("""{"Message":"Denied"}""", await answer.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task A_form_with_name_and_password_is_exchanged_for_a_token_that_works()
    {
        await using var app = await NewAppAsync();
        await WorksAsync(app, await LoginAsync(app, "username=peenut&password=peenut&grant_type=password"));
    }

    [Theory]
    [InlineData("username=peenut&password=bad", 400, """{"detail":"Incorrect email or password"}""")]
    [InlineData("username=nobody&password=peenut", 400, """{"detail":"Incorrect email or password"}""")]
    [InlineData("username=peenut&password=%00", 400, """{"detail":"There was an error parsing the body"}""")]
    [InlineData("username=peenut", 422, """{"detail":[{"loc":["body","password"],"msg":"field required","type":"value_error.missing"}]}""")]
    [InlineData("password=x&username=", 422, """{"detail":[{"loc":["body","username"],"msg":"field required","type":"value_error.missing"}]}""")]
    public async Task A_wrong_form_is_told_what_is_wrong(string form, int status, string body)
    {
        await using var app = await NewAppAsync();
        var answer = await LoginAsync(app, form);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task What_is_no_form_lacks_both_fields()
    {
        await using var app = await NewAppAsync();
        var answer = await app.Anonymous().PostAsync("/v1/login/access-token", JsonContent.Create(new { username = "peenut", password = "peenut" }), Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var detail = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail");
        Assert.Equal(["username", "password"], detail.EnumerateArray().Select(entry => entry.GetProperty("loc")[1].GetString()));
    }

    [Fact]
    public async Task A_broken_form_is_a_bad_request()
    {
        await using var app = await NewAppAsync();
        var multipart = new StringContent("--x\r\nnothing of the kind");
        multipart.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + new string('x', 500));
        foreach (var content in new HttpContent[] { multipart, Form(string.Join('&', Enumerable.Range(0, 2000).Select(at => $"a{at}=b"))) })
        {
            var answer = await app.Anonymous().PostAsync("/v1/login/access-token", content, Token);
            Assert.InRange((int)answer.StatusCode, 400, 422);
        }
    }

    [Fact]
    public async Task A_disabled_account_is_told_so()
    {
        await using var app = await NewAppAsync();
        await app.Services.GetRequiredService<TenantAccounts>().SetDisabledAsync("peenut", true, Token);
        var answer = await LoginAsync(app, "username=peenut&password=peenut");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("""{"detail":"Inactive user"}""", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Whoever_guesses_is_told_when_to_come_back()
    {
        // Time stands still: otherwise a slow machine has come back in time.
        await using var app = await NewAppAsync(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)));
        for (var guess = 0; guess < FailureBrake.FreeFailures; guess++)
        {
            await LoginAsync(app, $"username=peenut&password=guess{guess}");
        }

        var login = await LoginAsync(app, "username=peenut&password=guess");
        var payload = await app.With("Bearer", Payload("peenut", "guess")).PostAsync("/v1/token", null, Token);
        var basic = await app.BasicClientFor("peenut", "guess").GetAsync("/v1/jobs", Token);
        Assert.All([login, payload, basic], answer =>
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        });
    }

    [Theory]
    [InlineData("/v1/token")]
    [InlineData("/v1/login/access-token")]
    public async Task Tokens_are_not_had_by_get(string route)
    {
        await using var app = await NewAppAsync();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await app.ClientFor("peenut").GetAsync(route, Token)).StatusCode);
    }

    private static async Task<TestApp> NewAppAsync(TimeProvider? time = null)
    {
        var app = new TestApp { Time = time };
        await app.AddTenantAsync("peenut", "peenut");
        return app;
    }

    private static string Payload(string user, string password) =>
        Jwt.Sign($$"""{"user":"{{user}}","pass":"{{password}}","scope":"token"}""", TestApp.SecretKey);

    private static StringContent Form(string form) => new(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));

    private static Task<HttpResponseMessage> LoginAsync(TestApp app, string form) => app.Anonymous().PostAsync("/v1/login/access-token", Form(form), Token);

    private static async Task WorksAsync(TestApp app, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(["access_token", "token_type"], token.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Bearer", token.GetProperty("token_type").GetString());
        var client = app.With("Bearer", token.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/v1/somewhere", Token)).StatusCode);
    }
}
