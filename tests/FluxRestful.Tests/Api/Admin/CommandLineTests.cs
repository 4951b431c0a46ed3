using FluxRestful.Api.Admin;

namespace FluxRestful.Tests.Api.Admin;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    [InlineData("--PORT=5001 --Broker:Mode=flux")]
    [InlineData("--allow-anonymous-network")]
    public void Settings_alone_run_the_server(string words) => Assert.True(Parse(words).RunsServer);

    [Fact]
    public void Settings_reach_the_configuration() =>
        Assert.Equal(["--PORT=1", "--AllowAnonymousNetwork=true"], Parse("--PORT=1 --allow-anonymous-network").Settings);

    [Theory]
    [InlineData("--allow-anonymous-networks")]
    [InlineData("-p")]
    [InlineData("--superuser")]
    [InlineData("serve now")]
    [InlineData("--=x")]
    [InlineData("add-user --admin alice")]
    public void What_is_not_understood_is_a_problem(string words) => Assert.NotNull(Parse(words).Problem);

    [Fact]
    public void A_password_may_look_like_anything()
    {
        Assert.Equal(["alice", "-x"], Parse("add-user alice -x").Operands);
        Assert.Equal(["alice", "-"], Parse("add-user alice -").Operands);
    }

    [Theory]
    [InlineData("--help", "help")]
    [InlineData("-h", "help")]
    [InlineData("--version", "version")]
    [InlineData("list-users", "list-users")]
    public void A_verb_is_the_first_word(string words, string verb) => Assert.Equal(verb, Parse(words).Verb);

    private static CommandLine Parse(string words) => CommandLine.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
