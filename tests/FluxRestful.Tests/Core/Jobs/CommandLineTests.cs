using CsCheck;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Tests.Core.Jobs;

public sealed class CommandLineTests
{
    // The right-hand sides are what Python's shlex.split answers.
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  \t\r\n ", new string[0])]
    [InlineData("a b  c", new[] { "a", "b", "c" })]
    [InlineData("echo 'a b' \"c d\"", new[] { "echo", "a b", "c d" })]
    [InlineData("a'b'\"c\"d", new[] { "abcd" })]
    [InlineData("'' \"\"", new[] { "", "" })]
    [InlineData(@"a\ b \' \""", new[] { "a b", "'", "\"" })]
    [InlineData(@"""\"" \\ \a \$ '""", new[] { @""" \ \a \$ '" })]
    [InlineData(@"'a\'b", new[] { @"a\b" })]
    [InlineData("a#b # c", new[] { "a#b", "#", "c" })]
    [InlineData("a\\\nb", new[] { "a\nb" })]
    [InlineData("sh -c 'echo $HOME; ls | wc' é", new[] { "sh", "-c", "echo $HOME; ls | wc", "é" })]
    [InlineData("a\u00a0b\fc", new[] { "a\u00a0b\fc" })]
    public void A_line_is_split_as_a_shell_would(string line, string[] words) => Assert.Equal(words, CommandLine.Split(line));

    [Theory]
    [InlineData("echo 'abc", 5)]
    [InlineData("echo \"abc", 5)]
    [InlineData("a \"b\\\"", 2)]
    [InlineData("abc\\", 3)]
    [InlineData("\"abc\\", 4)]
    public void What_is_not_closed_is_refused_with_its_position(string line, int position)
    {
        var refusal = Assert.Throws<CommandLineException>(() => CommandLine.Split(line));
        Assert.Equal(position, refusal.Position);
        Assert.EndsWith($"(position {position})", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quoted_words_come_back() =>
        Gen.String.Array[0, 6].Sample(words =>
            CommandLine.Split(string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'"))).SequenceEqual(words));

    [Fact]
    public void Any_line_is_split_or_refused() => Gen.String["ab'\"\\ \t"].Sample(line =>
    {
        try
        {
            return CommandLine.Split(line).Sum(word => word.Length) <= line.Length;
        }
        catch (CommandLineException refusal)
        {
            return refusal.Position >= 0 && refusal.Position < line.Length;
        }
    });
}
