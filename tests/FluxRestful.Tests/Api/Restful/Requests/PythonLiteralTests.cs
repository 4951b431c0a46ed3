using CsCheck;
using FluxRestful.Api.Restful.Requests;

namespace FluxRestful.Tests.Api.Restful.Requests;

public sealed class PythonLiteralTests
{
    [Theory]
    [InlineData("{}", "")]
    [InlineData("{'A': 'b'}", "A=b")]
    [InlineData("{'A': 'b', 'C': 'd'}", "A=b|C=d")]
    [InlineData("""{'A': "it's"}""", "A=it's")]
    [InlineData("""{'A': 'it\'s "both"'}""", "A=it's \"both\"")]
    [InlineData(@"{'A': 'a\\b\n\t\r'}", "A=a\\b\n\t\r")]
    [InlineData(@"{'A': '\x1b[1m\u200b\U0001f600'}", "A=\u001b[1m\u200b\U0001f600")]
    [InlineData("  { 'A' : 'b' , }  ", null)]
    [InlineData("{'A': 5}", null)]
    [InlineData("{'A': None}", null)]
    [InlineData("{'A': 'b'", null)]
    [InlineData("{'A': 'b'}x", null)]
    [InlineData("{'A'}", null)]
    [InlineData("{'A': 'b", null)]
    [InlineData("{'A': '\\", null)]
    [InlineData(@"{'A': '\q'}", null)]
    [InlineData(@"{'A': '\x1'}", null)]
    [InlineData(@"{'A': '\ud800'}", null)]
    [InlineData("", null)]
    [InlineData("{", null)]
    public void A_dict_of_strings_is_read_as_python_writes_it(string text, string? expected)
    {
        var isRead = PythonLiteral.TryReadDict(text, out var pairs);

        Assert.Equal(expected is not null, isRead);
        if (isRead)
        {
            Assert.Equal(expected, string.Join('|', pairs.Select(pair => $"{pair.Key}={pair.Value}")));
        }
    }

    [Fact]
    public void No_text_whatever_does_harm() =>
        Gen.String[Gen.Char["{}':,\"\\ xuU0aA"], 0, 30].Sample(text => PythonLiteral.TryReadDict(text, out _) || true);
}
