using FluxRestful.Api.Pages.Jobs.Log;

namespace FluxRestful.Tests.Api.Pages.Jobs.Log;

public sealed class LogQueryTests
{
    [Theory]
    [InlineData("[", "no regular expression")]
    [InlineData("(a)\\1", "references back")]
    [InlineData("(?=a)b", "looking ahead")]
    [InlineData("(a", "no regular expression")]
    public void An_expression_that_cannot_be_read_is_refused_with_a_reason(string pattern, string reason)
    {
        var errors = new Dictionary<string, string[]>();
        Assert.Null(LogQuery.Read(new LogAddress { Search = pattern, Pattern = "1" }, 1000, errors).Pattern);
        Assert.Contains(reason, errors["search"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_that_would_go_back_for_ever_is_matched_in_no_time()
    {
        var pattern = LogQuery.Read(new LogAddress { Search = "^(a+)+$", Pattern = "1" }, 1000, []).Pattern!;
        Assert.DoesNotMatch(pattern, new string('a', 50_000) + "b");
    }

    [Fact]
    public void A_search_is_literal_and_takes_small_letters_for_large_ones_unless_told_otherwise()
    {
        Assert.True(LogQuery.Read(new LogAddress { Search = "a.b" }, 1000, []) is { Search: "a.b", Pattern: null, IgnoresCase: true });
        Assert.False(LogQuery.Read(new LogAddress { Search = "a.b", Case = "1" }, 1000, []).IgnoresCase);
    }

    [Theory]
    [InlineData("x", "y", "z")]
    [InlineData("0", "-1", "99999999999999999999")]
    public void Places_that_make_no_sense_are_left_out(string from, string before, string limit)
    {
        var errors = new Dictionary<string, string[]>();
        var query = LogQuery.Read(new LogAddress { From = from, Before = before, Limit = limit }, 1000, errors);
        Assert.True(query is { From: 1, Before: null, Limit: 1000 });
        Assert.Empty(errors);
    }

    [Fact]
    public void Ranks_that_are_no_idset_are_said_at_their_field()
    {
        var errors = new Dictionary<string, string[]>();
        LogQuery.Read(new LogAddress { Rank = "one" }, 1000, errors);
        Assert.Contains("rank", errors.Keys);
    }
}
