using CsCheck;
using FluxRestful.Api.Jobs.Listing;

namespace FluxRestful.Tests.Api.Jobs.Listing;

public sealed class JobSortKeyTests
{
    private static readonly string[] Letters =
        [.. " !09AZ[]^_`az{|}~\t\u001f\u007fÄäßſıİKÅ日\ud7ff\ue000\uffff".Select(letter => letter.ToString()), "😀", "𐐀", "𐐨"];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Int[0, Letters.Length - 1].Select(at => Letters[at]).Array[0, 12].Select(string.Concat),
        Gen.String[Gen.Char[' ', '~'], 0, 12]);

    // The number in front must never say anything else than the whole text.
    [Fact]
    public void Texts_are_in_the_order_of_their_capitals_whatever_they_begin_with() =>
        Gen.Select(Texts, Texts, Texts).Sample(
            (common, one, other) =>
            {
                var expected = string.Compare(common + one, common + other, StringComparison.OrdinalIgnoreCase);
                Assert.Equal(Math.Sign(expected), Math.Sign(JobSortKey.Of(common + one).CompareTo(JobSortKey.Of(common + other))));
            },
            iter: 100_000);

    [Fact]
    public void Nothing_comes_before_everything()
    {
        Assert.True(JobSortKey.Of((double?)null).CompareTo(JobSortKey.Of(-1e300)) < 0);
        Assert.Equal(JobSortKey.Of(""), JobSortKey.Of((string?)null));
    }
}
