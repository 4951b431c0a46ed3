using FluxRestful.Api.Pages.Words;

namespace FluxRestful.Tests.Api.Pages.Words;

public sealed class DurationInputTests
{
    [Theory]
    [InlineData("90", 5400.0)]
    [InlineData("0.5", 30.0)]
    [InlineData("90s", 90.0)]
    [InlineData("1.5h", 5400.0)]
    [InlineData("2 d", 172800.0)]
    [InlineData("1:30:00", 5400.0)]
    [InlineData("02:30", 150.0)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("1:2:3:4", null)]
    public void Minutes_unless_it_says_otherwise(string? text, double? seconds) => Assert.Equal(seconds, DurationInput.Read(text));
}
