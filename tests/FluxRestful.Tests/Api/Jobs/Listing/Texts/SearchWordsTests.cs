using FluxRestful.Api.Jobs.Listing.Texts;

namespace FluxRestful.Tests.Api.Jobs.Listing.Texts;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  one ", "one")]
    [InlineData("one two", "one|two")]
    [InlineData("\"one two\" three", "one two|three")]
    [InlineData("\"one two", "\"one|two")]
    [InlineData("\"", "\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("a\"b c\"", "a\"b|c\"")]
    [InlineData("[ % ' .*", "[|%|'|.*")]
    public void Words_and_phrases_are_told_apart_and_nothing_is_a_pattern(string text, string words) =>
        Assert.Equal(words, string.Join('|', SearchWords.Of(text)));

    [Fact]
    public void Of_very_many_words_the_first_sixteen_count() =>
        Assert.Equal(16, SearchWords.Of(string.Join(' ', Enumerable.Range(0, 500))).Count);
}
