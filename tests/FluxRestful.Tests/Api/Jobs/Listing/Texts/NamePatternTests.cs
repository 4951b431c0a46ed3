using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Jobs.Listing.Texts;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Tests.Api.Jobs.Listing.Texts;

public sealed class NamePatternTests
{
    // Few letters, so that pieces are found, touch and overlap.
    private static readonly Gen<string> Name = Gen.Char["abä?\\."].Array[0, 6].Select(letters => new string(letters));
    private static readonly Gen<string> Pattern = Gen.Char["abä*?\\."].Array[0, 5].Select(letters => new string(letters) + "*");

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*-77*", "sweep-770", true)]
    [InlineData("*-77*", "sweep-7", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "aa", true)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("*aab", "aaab", true)]
    [InlineData("*ab*ab*", "abxab", true)]
    [InlineData("*ab*ab*", "abab", true)]
    [InlineData("*ab*ab*", "aab", false)]
    [InlineData("A*", "a", false)]
    [InlineData("a?*", "ab", false)]
    [InlineData("""a\*""", """a\b""", true)]
    public void A_star_stands_for_anything_and_every_other_letter_for_itself(string pattern, string name, bool fits) =>
        Assert.Equal(fits, new NamePattern(pattern).Fits(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Of_many_jobs_exactly_those_are_found_that_an_expression_finds() =>
        Gen.Select(Pattern, Gen.OneOf(Name, Gen.Const((string?)null)).Array[1, 600]).Sample((pattern, names) =>
        {
            var expression = new Regex($@"\A{string.Join(".*", pattern.Split('*').Select(Regex.Escape))}\z", RegexOptions.Singleline);
            var run = JobRun.Of(names.Select((name, i) => new JobEntry(new JobRecord { Id = new((ulong)i + 1), Name = name }, null, JobOwner.Nobody)));
            Assert.Equal(
                names.Select((name, i) => (name, Id: (ulong)i + 1)).Where(each => each.name is not null && expression.IsMatch(each.name)).Select(each => each.Id),
                new JobFilter { Name = pattern }.Find(run, 0).Select(entry => entry.Record.Id.Value));
        }, iter: 200);
}
