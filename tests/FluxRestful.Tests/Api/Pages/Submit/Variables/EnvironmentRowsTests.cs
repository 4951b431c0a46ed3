using CsCheck;
using FluxRestful.Api.Pages.Submit.Variables;

namespace FluxRestful.Tests.Api.Pages.Submit.Variables;

public sealed class EnvironmentRowsTests
{
    private static readonly Gen<EnvironmentRow> Rows = Gen.Select(Gen.String, Gen.String).Select((name, value) => new EnvironmentRow(name, value));

    [Fact]
    public void Rows_that_are_kept_are_the_same_again() => Rows.Array[0, 5].Sample(rows => Assert.Equal(rows, EnvironmentRows.Parse(EnvironmentRows.Write(rows))));

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("[[\"a\"]]")]
    [InlineData("{")]
    public void What_was_kept_and_is_none_is_nothing(string kept) => Assert.Empty(EnvironmentRows.Parse(kept));

    [Fact]
    public void A_block_is_read_line_by_line_as_a_shell_writes_it()
    {
        EnvironmentRow[] expected = [new("A", "1 = one "), new("B", "\"2\""), new("C", "")];
        Assert.Equal(expected.Select(row => row with { Value = row.Value.TrimEnd() }), EnvironmentRows.Read("# comment\n\nexport A=1 = one \n  B =\"2\"\r\nC=", "variable", null, out var error));
        Assert.Null(error);
        Assert.Null(EnvironmentRows.Read("A=1\nnonsense", "variable", null, out error));
        Assert.Contains("nonsense", error, StringComparison.Ordinal);
        Assert.Equal([new("on", "1")], EnvironmentRows.Read("on", "option", "1", out _));
    }

    [Fact]
    public void What_comes_later_takes_the_place_of_the_earlier() => Assert.Equal(
        [new("A", "1"), new("C", "3"), new("B", "4")], EnvironmentRows.Over([new("A", "1"), new("B", "2")], [new("B", "0"), new("C", "3"), new("B", "4")]));

    [Fact]
    public void What_is_wrong_with_a_row_is_told_at_the_table()
    {
        foreach (var (rows, words) in ((EnvironmentRow[], string)[])[([new("", "x")], "no name"), ([new("A=B", "x")], "A=B"), ([new("A", "1"), new("A", "2")], "twice")])
        {
            var errors = new Dictionary<string, string>();
            EnvironmentRows.ToVariables(rows, errors);
            Assert.Contains(words, errors["variables"], StringComparison.Ordinal);
        }
    }
}
