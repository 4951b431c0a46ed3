using FluxRestful.Api.Pages.Words;

namespace FluxRestful.Tests.Api.Pages.Words;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.34, "340 ms")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(59.99, "59.9 s")]
    [InlineData(247, "4 m 07 s")]
    [InlineData(11520, "3 h 12 m")]
    [InlineData(187200, "2 d 04 h")]
    [InlineData(-5, "0 ms")]
    [InlineData(double.NaN, "0 ms")]
    public void P26_a_duration_reads_as_people_say_it(double seconds, string shown) => Assert.Equal(shown, Durations.Of(seconds));
}
