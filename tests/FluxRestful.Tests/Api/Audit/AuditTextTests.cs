using System.Globalization;
using CsCheck;
using FluxRestful.Api.Audit;

namespace FluxRestful.Tests.Api.Audit;

public sealed class AuditTextTests
{
    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("ünïcode 名", "ünïcode 名")]
    [InlineData("a\nb\r\u001b[31m", "a\uFFFDb\uFFFD\uFFFD[31m")]
    [InlineData("a\u2028b\u202Ec\0", "a\uFFFDb\uFFFDc\uFFFD")]
    public void What_is_no_plain_letter_is_replaced(string given, string expected) => Assert.Equal(expected, AuditText.Clean(given));

    [Fact]
    public void Whatever_is_given_becomes_one_short_line() => Gen.String.Sample(given =>
    {
        var cleaned = AuditText.Clean(given)!;
        return cleaned.Length <= AuditText.Longest && !cleaned.Any(char.IsControl)
            && cleaned.All(letter => char.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.Surrogate));
    });
}
