using System.Net;
using FluxRestful.Api.Admin;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Admin;

public sealed class AdminVerbsTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("flux-restful-test-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Init_makes_the_first_accounts_and_again_nothing()
    {
        var (code, output, _) = await RunAsync("init");
        Assert.Equal(0, code);
        Assert.Contains("Adding 'fluxuser' with password '", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Adding", (await RunAsync("init")).Output, StringComparison.Ordinal);
        Assert.Matches("^fluxuser  .*  superuser\\s*$", (await RunAsync("list-users")).Output);
        Assert.True(File.Exists(Path.Combine(Data, "access-token.key")));
    }

    [Fact]
    public async Task A_user_added_without_a_password_gets_one_that_is_said()
    {
        var (code, output, _) = await RunAsync("add-user peenut");
        Assert.Equal(0, code);
        Assert.Matches("^Adding 'peenut' with password '[A-Za-z0-9]{24}'\\s*$", output);
    }

    [Fact]
    public async Task A_password_that_was_given_is_not_said()
    {
        Assert.Equal("Adding 'peenut'", (await RunAsync("add-user peenut chosen")).Output.Trim());
        Assert.Equal("Adding 'bob'", (await RunAsync("add-user bob - --superuser", "from the input\n")).Output.Trim());
        Assert.Matches("bob .*  superuser", (await RunAsync("list-users")).Output);
    }

    [Theory]
    [InlineData("add-user peenut again", 1)]
    [InlineData("add-user ../etc x", 1)]
    [InlineData("add-user bob -", 1)] // nothing on the input
    [InlineData("set-password nobody x", 1)]
    [InlineData("disable-user nobody", 1)]
    [InlineData("add-user", 2)]
    [InlineData("add-user a b c", 2)]
    [InlineData("list-users all", 2)]
    [InlineData("remove-everything", 2)]
    [InlineData("help", 0)]
    [InlineData("version", 0)]
    public async Task The_exit_code_says_how_it_went(string words, int expected)
    {
        await RunAsync("add-user peenut chosen");
        var (code, output, errors) = await RunAsync(words);
        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, output.Length > 0);
        Assert.Equal(expected != 0, errors.Length > 0);
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_said_by_name()
    {
        var (code, _, errors) = await RunAsync("list-users", settings: new() { ["PORT"] = "x" });
        Assert.Equal(1, code);
        Assert.StartsWith("PORT: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_server_sees_what_the_verbs_do()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1767225600));
        await using var app = new TestApp { Time = time };
        await AskAsync(TestApp.SuperuserPassword, TestApp.Superuser, HttpStatusCode.NotFound);
        Assert.Equal(0, (await RunAsync("add-user alice first", data: app.DataDirectory)).Code);
        await AskAsync("first", "alice", HttpStatusCode.NotFound);
        Assert.Equal(0, (await RunAsync("set-password alice second", data: app.DataDirectory)).Code);
        time.Advance(TenantDirectory.Freshness);
        await AskAsync("first", "alice", HttpStatusCode.Unauthorized);
        await AskAsync("second", "alice", HttpStatusCode.NotFound);
        Assert.Equal(0, (await RunAsync("disable-user alice", data: app.DataDirectory)).Code);
        time.Advance(TenantDirectory.Freshness);
        await AskAsync("second", "alice", HttpStatusCode.BadRequest);
        Assert.Equal(0, (await RunAsync("enable-user alice", data: app.DataDirectory)).Code);
        time.Advance(TenantDirectory.Freshness);
        await AskAsync("second", "alice", HttpStatusCode.NotFound);

        async Task AskAsync(string password, string name, HttpStatusCode expected) =>
            Assert.Equal(expected, (await app.BasicClientFor(name, password).GetAsync("/v1/x", Token)).StatusCode);
    }

    private string Data => Path.Combine(_root.FullName, "data");

    private async Task<(int Code, string Output, string Errors)> RunAsync(
        string words, string input = "", Dictionary<string, string?>? settings = null, string? data = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("FLUX_RESTFUL_DATA", data ?? Data), new("Passwords:Cost", "10")])
            .AddInMemoryCollection(settings)
            .Build();
        using var reader = new StringReader(input);
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await new AdminVerbs(configuration, reader, output, errors).RunAsync(CommandLine.Parse(words.Split(' ')), Token);
        return (code, output.ToString(), errors.ToString());
    }
}
