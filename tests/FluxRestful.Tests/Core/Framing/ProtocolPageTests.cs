using System.Text.RegularExpressions;
using FluxRestful.Tests.Conventions;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Core.Framing;

public sealed partial class ProtocolPageTests
{
    [Fact]
    public void Every_dump_of_the_protocol_page_is_a_recorded_frame()
    {
        var recorded = Transcript.Names().SelectMany(name => Transcript.Load(name).Items).Select(item => Convert.ToHexStringLower(item.Bytes)).ToHashSet();
        var dumps = Dumps(File.ReadAllLines(Path.Combine(SourceTree.Root, "docs", "protocol.md"))).ToList();
        Assert.Equal(3, dumps.Count);
        Assert.All(dumps, dump => Assert.Contains(dump, recorded));
    }

    // Indented blocks that start with the magic; of each line the groups of hex digits before the remarks.
    private static IEnumerable<string> Dumps(string[] lines)
    {
        var dump = "";
        foreach (var line in lines.Append(""))
        {
            if (line.StartsWith("    ", StringComparison.Ordinal) && (dump.Length > 0 || line.StartsWith("    1200eeff", StringComparison.Ordinal)))
            {
                dump += HexGroups().Match(line).Value.Replace(" ", "", StringComparison.Ordinal);
            }
            else if (dump.Length > 0)
            {
                yield return dump;
                dump = "";
            }
        }
    }

    [GeneratedRegex("^    [0-9a-f]+( [0-9a-f]+)*(?=  |$)")]
    private static partial Regex HexGroups();
}
