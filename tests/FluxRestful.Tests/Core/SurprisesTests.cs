using System.Globalization;
using System.Text.RegularExpressions;
using FluxRestful.Tests.Conventions;

namespace FluxRestful.Tests.Core;

/// <summary>The table of docs/protocol.md, held to the sources: each number has a row, and each file of a row names its numbers.</summary>
public sealed partial class SurprisesTests
{
    private const int Last = 61;

    private static readonly Dictionary<string, List<string>> Sources = SourceTree.Files("src").Concat(SourceTree.Files("tests"))
        .GroupBy(file => Path.GetFileNameWithoutExtension(file.Path), file => file.Path)
        .ToDictionary(files => files.Key, files => files.ToList());

    private static readonly List<(List<int> Numbers, List<string> Files)> Table =
    [
        .. File.ReadLines(Path.Combine(SourceTree.Root, "docs", "protocol.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (Numbers(row.Groups[1].Value).ToList(), FileName().Matches(row.Groups[2].Value).Select(file => file.Groups[1].Value).ToList())),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Table.Count)];

    [Fact]
    public void Every_surprise_has_one_row() => Assert.Equal(Enumerable.Range(1, Last), Table.SelectMany(row => row.Numbers));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_file_of_a_row_names_its_surprises(int at)
    {
        var (numbers, files) = Table[at];
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            Assert.True(Sources.TryGetValue(file, out var paths), $"There is no {file}.cs.");
            var named = paths.SelectMany(path => Mention().Matches(File.ReadAllText(path))).SelectMany(mention => Numbers(mention.Groups[1].Value)).ToHashSet();
            Assert.Subset(named, numbers.ToHashSet());
        }
    }

    // "3", "19, 20", "3, 4 and 8", "19 to 23"
    private static IEnumerable<int> Numbers(string text) => Regex.Split(text, ", | and ").SelectMany(part =>
    {
        var ends = part.Split(" to ").Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });

    [GeneratedRegex(@"^\| (\d+(?:, \d+)*) \|.*\|(.*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z.]+)`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"[Ss]urprises? (\d+(?:(?:, | and | to )\d+)*)")]
    private static partial Regex Mention();
}
