using System.Text.RegularExpressions;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Settings;

/// <summary>Shell options written as words, <c>-ompi=none -o cpu-affinity=per-task verbose=1</c>: the <c>-o</c> may be there, stand alone, or be missing.</summary>
internal static partial class OptionFlags
{
    /// <param name="problem">What is wrong with the first bad word; null when nothing is.</param>
    internal static Dictionary<string, string> Parse(string text, out string? problem)
    {
        var flags = new Dictionary<string, string>();
        problem = null;
        IReadOnlyList<string> words;
        try
        {
            words = CommandLine.Split(text);
        }
        catch (CommandLineException unbalanced)
        {
            problem = unbalanced.Message;
            return flags;
        }

        foreach (var word in words)
        {
            var flag = word.StartsWith("-o", StringComparison.Ordinal) ? word[2..] : word;
            if (flag.Length == 0)
            {
                continue;
            }

            var equals = flag.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                problem ??= $"'{word}' lacks a '='";
            }
            else if (!NameShape().IsMatch(flag[..equals]))
            {
                problem ??= $"'{flag[..equals]}' is not the name of a shell option";
            }
            else
            {
                flags[flag[..equals]] = flag[(equals + 1)..];
            }
        }

        return flags;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]*\z")]
    private static partial Regex NameShape();
}
