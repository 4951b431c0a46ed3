using FluxRestful.Api.Settings;

namespace FluxRestful.Tests.Api.Settings;

public sealed class OptionFlagsTests
{
    [Theory]
    [InlineData("-ompi=none", "mpi=none")]
    [InlineData("-o mpi=none", "mpi=none")]
    [InlineData("mpi=none", "mpi=none")]
    [InlineData("-ompi=none -ocpu-affinity=per-task", "mpi=none|cpu-affinity=per-task")]
    [InlineData("-ooutput.mode='a b'", "output.mode=a b")]
    [InlineData("mpi=a=b", "mpi=a=b")]
    [InlineData("mpi=", "mpi=")]
    [InlineData("", "")]
    public void The_prefix_may_be_there_or_not(string text, string expected)
    {
        var flags = OptionFlags.Parse(text, out var problem);
        Assert.Null(problem);
        Assert.Equal(expected, string.Join('|', flags.Select(flag => $"{flag.Key}={flag.Value}")));
    }

    [Theory]
    [InlineData("verbose")]
    [InlineData("=none")]
    [InlineData("-o=none")]
    [InlineData("a/b=c")]
    [InlineData("mpi='none")]
    public void A_word_that_is_no_option_is_a_problem(string text)
    {
        OptionFlags.Parse(text, out var problem);
        Assert.NotNull(problem);
    }
}
