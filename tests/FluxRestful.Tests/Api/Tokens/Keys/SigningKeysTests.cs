using FluxRestful.Api.Admin;
using FluxRestful.Api.Tokens.Keys;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Tokens.Keys;

public sealed class SigningKeysTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1767225600));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_old_keys_verify_until_what_they_signed_has_expired()
    {
        await using var app = await StartAsync(("FLUX_ACCESS_TOKEN_EXPIRES_MINUTES", "10"));
        var keys = app.App.Services.GetRequiredService<SigningKeys>();
        var tokens = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            tokens.Add((await TokenForms.SignInAsync(app, "alice")).Access());
            keys.Rotate(atOnce: false);
            _time.Advance(TimeSpan.FromMinutes(4));
        }

        // Made 12, 8 and 4 minutes ago.
        Assert.Equal(3, tokens.Select(token => (string?)TokenForms.Header(token)["kid"]).Distinct().Count());
        Assert.Equal([false, true, true], await GoodAsync(app, tokens));
        _time.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1));
        Assert.Equal([false, false, true], await GoodAsync(app, tokens));
        keys.Rotate(atOnce: false);
        // The key in use, and two old ones that may still be needed; the first is gone.
        Assert.Equal(3, Directory.GetFiles(app.App.DataDirectory, "access-token*.key").Length);
        Assert.All(Directory.GetFiles(app.App.DataDirectory, "*.key"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_running_server_notices_within_seconds_what_the_verb_did()
    {
        await using var app = await StartAsync();
        var before = (await TokenForms.SignInAsync(app, "alice")).Access();
        Assert.Equal(0, await VerbAsync(app, "rotate-keys"));
        _time.Advance(SigningKeys.Freshness);
        var after = (await TokenForms.SignInAsync(app, "alice")).Access();
        Assert.NotEqual((string?)TokenForms.Header(before)["kid"], (string?)TokenForms.Header(after)["kid"]);
        Assert.Equal([true, true], await GoodAsync(app, [before, after]));

        Assert.Equal(0, await VerbAsync(app, "rotate-keys at-once"));
        _time.Advance(SigningKeys.Freshness);
        Assert.Equal([false, false], await GoodAsync(app, [before, after]));
        Assert.True(await app.IsGoodAsync((await TokenForms.SignInAsync(app, "alice")).Access()));
    }

    [Fact]
    public async Task A_key_that_is_old_enough_is_replaced_by_itself()
    {
        await using var app = await StartAsync(("Tokens:RotateKeysAfterDays", "30"), ("FLUX_ACCESS_TOKEN_EXPIRES_MINUTES", "100000"));
        var first = (await TokenForms.SignInAsync(app, "alice")).Access();
        File.SetLastWriteTimeUtc(Path.Combine(app.App.DataDirectory, "access-token.key"), _time.GetUtcNow().UtcDateTime.AddDays(-29));
        _time.Advance(SigningKeys.Freshness);
        var second = (await TokenForms.SignInAsync(app, "alice")).Access();
        Assert.Equal((string?)TokenForms.Header(first)["kid"], (string?)TokenForms.Header(second)["kid"]);

        _time.Advance(TimeSpan.FromDays(1));
        var third = (await TokenForms.SignInAsync(app, "alice")).Access();
        Assert.NotEqual((string?)TokenForms.Header(first)["kid"], (string?)TokenForms.Header(third)["kid"]);
        Assert.Equal([true, true, true], await GoodAsync(app, [first, second, third]));

        var told = (await ApiApp.GetAsync(app.Superuser, "/api/v1/audit?action=key-rotate")).GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(("(local)", "by its age"), (Assert.Single(told).GetProperty("actor").GetString(), told[0].GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_not_taken_up()
    {
        await using var app = await StartAsync();
        var keys = app.App.Services.GetRequiredService<SigningKeys>();
        var good = (await TokenForms.SignInAsync(app, "alice")).Access();
        var planted = Path.Combine(app.App.DataDirectory, "access-token.9999999999.x.key");
        await File.WriteAllBytesAsync(planted, new byte[64], Token);
        File.SetUnixFileMode(planted, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        _time.Advance(SigningKeys.Freshness);
        Assert.True(await app.IsGoodAsync(good));
        Assert.Empty(keys.Find(Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(new byte[64], "kid"u8).AsSpan(0, 8))));
    }

    private async Task<ApiApp> StartAsync(params (string Name, string? Value)[] settings) => await ApiApp.StartAsync(new TestApp { Time = _time }, settings);

    private static async Task<List<bool>> GoodAsync(ApiApp app, IEnumerable<string> tokens)
    {
        var good = new List<bool>();
        foreach (var token in tokens)
        {
            good.Add(await app.IsGoodAsync(token));
        }

        return good;
    }

    private static async Task<int> VerbAsync(ApiApp app, string words)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("FLUX_RESTFUL_DATA", app.App.DataDirectory)]).Build();
        using var input = new StringReader("");
        await using var output = new StringWriter();
        return await new AdminVerbs(configuration, input, output, output).RunAsync(CommandLine.Parse(words.Split(' ')), Token);
    }
}
