using CsCheck;
using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Tests.Core.Jobs.Requests;

public sealed class JobConstraintTests
{
    [Theory]
    [InlineData("a", """{"properties":["a"]}""")]
    [InlineData("a,b", """{"properties":["a","b"]}""")]
    [InlineData("a b", """{"properties":["a","b"]}""")]
    [InlineData("a & b && c and d", """{"properties":["a","b","c","d"]}""")]
    [InlineData("^a", """{"properties":["^a"]}""")]
    [InlineData("-a b", """{"and":[{"not":[{"properties":["a"]}]},{"properties":["b"]}]}""")]
    [InlineData("not a", """{"not":[{"properties":["a"]}]}""")]
    [InlineData("not (a|b)", """{"not":[{"or":[{"properties":["a"]},{"properties":["b"]}]}]}""")]
    [InlineData("a|b || c or d", """{"or":[{"properties":["a"]},{"properties":["b"]},{"properties":["c"]},{"properties":["d"]}]}""")]
    [InlineData("a|b&c", """{"or":[{"properties":["a"]},{"properties":["b","c"]}]}""")]
    [InlineData("host:n[1-3]", """{"hostlist":["n[1-3]"]}""")]
    [InlineData("hosts:n1 rank:0-2", """{"and":[{"hostlist":["n1"]},{"ranks":["0-2"]}]}""")]
    [InlineData("'a'", """{"properties":["a"]}""")]
    [InlineData("host:\"n1 n2\"", """{"hostlist":["n1 n2"]}""")]
    [InlineData("'not'", """{"properties":["not"]}""")]
    [InlineData("a-b", """{"properties":["a-b"]}""")]
    [InlineData("((a))", """{"properties":["a"]}""")]
    public void A_condition_becomes_its_object(string text, string expected) => Assert.Equal(expected, JobConstraint.Parse(text).ToJsonString());

    [Theory]
    [InlineData("")]
    [InlineData("a |")]
    [InlineData("| a")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("()")]
    [InlineData("-(a)")]
    [InlineData("- ")]
    [InlineData("not")]
    [InlineData("host:")]
    [InlineData("host:n[1")]
    [InlineData("rank:x")]
    [InlineData("rank:")]
    [InlineData("colour:red")]
    [InlineData("a,,b")]
    [InlineData("^")]
    [InlineData("'a")]
    [InlineData("'a|b'")]
    public void What_can_not_be_read_is_refused(string text) =>
        Assert.Equal(nameof(JobRequest.Requires), Assert.Throws<JobRequestException>(() => JobConstraint.Parse(text)).Field);

    [Fact]
    public void Deep_nesting_is_refused_before_it_exhausts_the_stack()
    {
        Assert.Throws<JobRequestException>(() => JobConstraint.Parse(new string('(', 100_000) + "a" + new string(')', 100_000)));
        Assert.Throws<JobRequestException>(() => JobConstraint.Parse(string.Concat(Enumerable.Repeat("not ", 100_000)) + "a"));
        Assert.NotNull(JobConstraint.Parse(string.Concat(Enumerable.Repeat("(a) ", 10_000))));
    }

    [Fact]
    public void Any_condition_is_read_or_refused() => Gen.OneOf(Gen.String, Gen.String["ab()|&-'\" :,not"]).Sample(text =>
    {
        try
        {
            return JobConstraint.Parse(text).Count == 1;
        }
        catch (JobRequestException)
        {
            return true;
        }
    });
}
