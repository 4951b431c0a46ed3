using System.Text.RegularExpressions;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Personal;

namespace FluxRestful.Tests.Api.Tokens;

public sealed class TokenTextTests
{
    [Fact]
    public void A_personal_token_is_found_by_the_documented_pattern()
    {
        var token = PersonalToken.New();
        Assert.Matches(new Regex(@"^frp_[0-9A-Za-z]{49}\z"), token);
        Assert.True(PersonalToken.IsWellFormed(token));
        Assert.NotEqual(token, PersonalToken.New());
    }

    [Fact]
    public void The_check_is_the_documented_one() =>
        // CRC-32C of "123456789" is e3069283, and that in base 62 is 49la9j.
        Assert.Equal("123456789" + "49la9j", TokenText.WithCheck("123456789"));

    [Fact]
    public void A_token_with_any_letter_changed_is_none()
    {
        var token = PersonalToken.New();
        for (var at = 0; at < token.Length; at++)
        {
            var other = token[at] == 'a' ? 'b' : 'a';
            Assert.False(PersonalToken.IsWellFormed(token[..at] + other + token[(at + 1)..]));
        }

        Assert.False(PersonalToken.IsWellFormed(token + "a"));
        Assert.False(PersonalToken.IsWellFormed(token[..^1]));
        Assert.False(PersonalToken.IsWellFormed(""));
        Assert.False(PersonalToken.IsWellFormed(token[..10] + "é" + token[11..]));
    }
}
