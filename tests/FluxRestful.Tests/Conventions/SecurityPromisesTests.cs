using System.Reflection;
using System.Text.RegularExpressions;

namespace FluxRestful.Tests.Conventions;

/// <summary>docs/security.md names a test for each of its promises.</summary>
public sealed partial class SecurityPromisesTests
{
    [Fact]
    public void Every_test_that_a_promise_names_is_there()
    {
        var named = NamedIn(Rows("security.md", "| promise | test |"));
        Assert.True(named.Count >= 30, $"Only {named.Count} tests are named.");
        Assert.Empty(named.Except(Tests()));
    }

    /// <summary>The same of the behaviours of flux-rest-server, in CONTRIBUTING.md.</summary>
    [Fact]
    public void Every_test_that_stands_for_one_of_flux_rest_servers_is_there()
    {
        var named = NamedIn(Rows("../CONTRIBUTING.md", "| its test | says | ours |"));
        Assert.True(named.Count >= 25, $"Only {named.Count} tests are named.");
        Assert.Empty(named.Except(Tests()));
    }

    [Fact]
    public void Every_promise_names_a_test() => Assert.All(Rows("security.md", "| promise | test |"), row => Assert.Matches(TestName(), row));

    private static HashSet<string> Tests() => typeof(SecurityPromisesTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetCustomAttributes().OfType<FactAttribute>().Any())
            .Select(method => $"{type.Name}.{method.Name}"))
        .ToHashSet(StringComparer.Ordinal);

    private static List<string> NamedIn(IEnumerable<string> rows) => [.. rows.SelectMany(row => TestName().Matches(row).Select(match => match.Value))];

    private static IEnumerable<string> Rows(string document, string head) => File.ReadLines(Path.Combine(SourceTree.Root, "docs", document))
        .SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith('|'));

    [GeneratedRegex(@"\b[A-Za-z]+Tests\.[A-Za-z0-9_]+")]
    private static partial Regex TestName();
}
