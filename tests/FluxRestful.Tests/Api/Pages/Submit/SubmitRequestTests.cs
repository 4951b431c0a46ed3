using CsCheck;
using FluxRestful.Api.Pages.Submit;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Tests.Api.Pages.Submit;

public sealed class SubmitRequestTests
{
    [Theory]
    [InlineData("90", 5400.0)]
    [InlineData("1.5", 90.0)]
    [InlineData("90s", 90.0)]
    [InlineData("1.5h", 5400.0)]
    [InlineData("2 d", 172800.0)]
    [InlineData("1:30:00", 5400.0)]
    [InlineData("2:30", 150.0)]
    [InlineData("", null)]
    public void P12_a_time_limit_is_in_minutes_unless_it_says_otherwise(string text, double? seconds)
    {
        var errors = new Dictionary<string, string>();
        Assert.Equal(seconds, SubmitRequest.Duration(text, errors));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1:2:3:4")]
    [InlineData("5x")]
    public void What_is_no_time_limit_is_told_at_the_field(string text)
    {
        var errors = new Dictionary<string, string>();
        Assert.Null(SubmitRequest.Duration(text, errors));
        Assert.Equal(["timeLimit"], errors.Keys);
    }

    [Fact]
    public void Words_that_are_quoted_are_the_same_words_again() => Gen.String.Array[1, 5].Where(words => words.All(word => !word.Contains('\0', StringComparison.Ordinal)))
        .Sample(words => Assert.Equal(words, CommandLine.Split(string.Join(' ', words.Select(CopyAs.Quoted)))));

    [Fact]
    public void P16_nodes_alone_get_a_task_each_and_tasks_per_node_are_multiplied()
    {
        var errors = new Dictionary<string, string>();
        var form = new SubmitForm { CommandLine = "hostname", Shape = SubmitForm.PerNode, Nodes = "3" };
        Assert.Equal((3, null), (SubmitRequest.Of(form, errors)!.Nodes, SubmitRequest.Of(form, errors)!.Tasks));
        Assert.Equal(12, SubmitRequest.Of(form with { TasksPerNode = "4" }, errors)!.Tasks);
        Assert.Empty(errors);
    }
}
