using FluxRestful.Api.Passwords;

namespace FluxRestful.Tests.Api.Passwords;

public sealed class PasswordPolicyTests
{
    [Theory]
    [InlineData("eightchr", null)]
    [InlineData("83920174", null)]
    [InlineData("seven77", "at least 8")]
    [InlineData("password", "first that anybody")]
    [InlineData("12345678", "first that anybody")]
    [InlineData("ALICEALICE", "first that anybody")]
    public void Eight_characters_of_an_operators_are_enough(string password, string? problem) =>
        AssertProblem(problem, PasswordPolicy.ProblemOfOperators(password, "alicealice"));

    [Theory]
    [InlineData("correct horse", null)]
    [InlineData("twelve chars", null)]
    [InlineData("eleven char", "at least 12")]
    [InlineData("eightchr", "at least 12")]
    [InlineData("Password1234!", "first that anybody")]
    [InlineData("passwordpassword", "first that anybody")]
    [InlineData("123456789012", "first that anybody")]
    [InlineData("alice1234567", "first that anybody")]
    [InlineData("ababababababab", "first that anybody")]
    public void Ones_own_choice_is_long_and_no_common_one(string password, string? problem) =>
        AssertProblem(problem, PasswordPolicy.ProblemOfOwn(password, "alice"));

    [Fact]
    public void What_BCrypt_cannot_tell_apart_nobody_may_choose()
    {
        var long73 = string.Concat(Enumerable.Repeat("abcdefghi", 8)) + "j";
        AssertProblem("longer than 72 bytes", PasswordPolicy.ProblemOfOwn(long73, "alice"));
        AssertProblem("longer than 72 bytes", PasswordPolicy.ProblemOfOperators(long73, "alice"));
        Assert.Null(PasswordPolicy.ProblemOfOwn(long73[..72], "alice"));
    }

    [Fact]
    public void A_characters_many_bytes_make_it_no_longer() =>
        AssertProblem("at least 12", PasswordPolicy.ProblemOfOwn("äöüßäöüß", "alice"));

    private static void AssertProblem(string? expected, string? problem)
    {
        if (expected is null)
        {
            Assert.Null(problem);
        }
        else
        {
            Assert.Contains(expected, problem, StringComparison.Ordinal);
        }
    }
}
