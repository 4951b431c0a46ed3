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
        Assert.Equal("Adding 'peenut'", (await RunAsync("add-user peenut chosen-by-hand")).Output.Trim());
        Assert.Equal("Adding 'bob'", (await RunAsync("add-user bob - --superuser", "from the input\n")).Output.Trim());
        Assert.Matches("bob .*  superuser", (await RunAsync("list-users")).Output);
    }

    [Theory]
    [InlineData("add-user peenut again-and-again", 1)]
    [InlineData("add-user ../etc long-enough", 1)]
    [InlineData("add-user bob -", 1)] // nothing on the input
    [InlineData("set-password nobody long-enough", 1)]
    [InlineData("disable-user nobody", 1)]
    [InlineData("add-user", 2)]
    [InlineData("add-user a b c", 2)]
    [InlineData("list-users all", 2)]
    [InlineData("add-user bob short", 1)]
    [InlineData("add-user bob password", 1)]
    [InlineData("add-user bob long-enough --role king", 2)]
    [InlineData("set-role peenut king", 2)]
    [InlineData("set-role nobody viewer", 1)]
    [InlineData("set-limits peenut --nodes 0", 2)]
    [InlineData("set-limits peenut --nodes two", 2)]
    [InlineData("show-user nobody", 1)]
    [InlineData("reset-password nobody", 1)]
    [InlineData("delete-user peenut", 2)] // a verb sees no jobs
    [InlineData("delete-user peenut --jobs refuse", 2)]
    [InlineData("delete-user nobody --jobs leave", 1)]
    [InlineData("import-users /nowhere/at/all", 1)]
    [InlineData("remove-everything", 2)]
    [InlineData("help", 0)]
    [InlineData("version", 0)]
    public async Task The_exit_code_says_how_it_went(string words, int expected)
    {
        await RunAsync("add-user peenut chosen-by-hand");
        var (code, output, errors) = await RunAsync(words);
        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, output.Length > 0);
        Assert.Equal(expected != 0, errors.Length > 0);
    }

    [Fact]
    public async Task An_account_is_shown_with_its_role_and_limits()
    {
        await RunAsync("add-user alice --role operator --must-change --nodes 2 --active-jobs=5");
        Assert.Matches("^alice  .*  operator, must change password  active-jobs=5 nodes=2\\s*$", (await RunAsync("show-user alice")).Output);
        Assert.Equal(0, (await RunAsync("set-role alice viewer")).Code);
        Assert.Matches("  viewer, must change password  active-jobs=5 duration=60\\s*$", (await RunAsync("set-limits alice --nodes none --duration 60")).Output);
        Assert.Matches("active-jobs=unlimited duration=60\\s*$", (await RunAsync("set-limits alice --active-jobs unlimited")).Output);
        Assert.Matches("has the password '[A-Za-z0-9]{24}'", (await RunAsync("reset-password alice")).Output);
    }

    [Fact]
    public async Task The_last_superuser_can_not_go_by_a_verb_either()
    {
        await RunAsync("init");
        foreach (var words in (string[])["disable-user fluxuser", "set-role fluxuser operator", "delete-user fluxuser --jobs leave"])
        {
            var (code, _, errors) = await RunAsync(words);
            Assert.Equal(1, code);
            Assert.StartsWith("this is the last superuser", errors, StringComparison.Ordinal);
        }

        await RunAsync("add-user second --superuser");
        Assert.Equal(0, (await RunAsync("delete-user fluxuser --jobs leave")).Code);
        Assert.DoesNotContain("fluxuser", (await RunAsync("list-users")).Output, StringComparison.Ordinal);
        Assert.Contains("'fluxuser' was deleted and is not made again", (await RunAsync("init")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("disable-user second")).Code);
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
        Assert.Equal(0, (await RunAsync("add-user alice the-first-one", data: app.DataDirectory)).Code);
        await AskAsync("the-first-one", "alice", HttpStatusCode.NotFound);
        Assert.Equal(0, (await RunAsync("set-password alice the-second-one", data: app.DataDirectory)).Code);
        time.Advance(TenantDirectory.Freshness);
        await AskAsync("the-first-one", "alice", HttpStatusCode.Unauthorized);
        await AskAsync("the-second-one", "alice", HttpStatusCode.NotFound);
        Assert.Equal(0, (await RunAsync("disable-user alice", data: app.DataDirectory)).Code);
        time.Advance(TenantDirectory.Freshness);
        await AskAsync("the-second-one", "alice", HttpStatusCode.BadRequest);
        Assert.Equal(0, (await RunAsync("enable-user alice", data: app.DataDirectory)).Code);
        time.Advance(TenantDirectory.Freshness);
        await AskAsync("the-second-one", "alice", HttpStatusCode.NotFound);

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
