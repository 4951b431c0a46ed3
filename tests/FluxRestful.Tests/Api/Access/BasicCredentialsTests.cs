using System.Text;
using FluxRestful.Api.Access;

namespace FluxRestful.Tests.Api.Access;

public sealed class BasicCredentialsTests
{
    [Theory]
    [InlineData("alice:password", "alice", "password")]
    [InlineData("alice:pass:word:", "alice", "pass:word:")]
    [InlineData("alice:", "alice", "")]
    [InlineData(":password", "", "password")]
    [InlineData("älice:pässwörd", "älice", "pässwörd")]
    public void Name_and_password_part_at_the_first_colon(string text, string name, string password)
    {
        Assert.True(BasicCredentials.TryParse("basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), out var credentials));
        Assert.Equal(new BasicCredentials(name, password), credentials);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic YWxpY2U=")] // no colon
    [InlineData("Basic /////zov")] // not UTF-8
    [InlineData("Basic YTpi, Basic YTpi")]
    [InlineData("Bearer YTpi")]
    public void Anything_else_is_no_credentials(string header) => Assert.False(BasicCredentials.TryParse(header, out _));

    [Fact]
    public void A_huge_header_is_not_even_decoded() =>
        Assert.False(BasicCredentials.TryParse("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("a:" + new string('x', 5000))), out _));

    [Fact]
    public void Credentials_do_not_print_themselves() => Assert.DoesNotContain("password", new BasicCredentials("a", "password").ToString(), StringComparison.Ordinal);
}
