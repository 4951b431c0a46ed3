using System.Reflection;
using System.Text.RegularExpressions;

namespace FluxRestful.Tests.Conventions;

/// <summary>docs/security.md names a test for each of its promises.</summary>
public sealed partial class SecurityPromisesTests
{
    [Fact]
    public void Every_test_that_a_promise_names_is_there()
    {
        var tests = typeof(SecurityPromisesTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => method.GetCustomAttributes().OfType<FactAttribute>().Any())
                .Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        var named = Rows().SelectMany(row => TestName().Matches(row).Select(match => match.Value)).ToList();
        Assert.True(named.Count >= 30, $"Only {named.Count} tests are named.");
        Assert.Empty(named.Except(tests));
    }

    [Fact]
    public void Every_promise_names_a_test() => Assert.All(Rows(), row => Assert.Matches(TestName(), row));

    private static IEnumerable<string> Rows() => File.ReadLines(Path.Combine(SourceTree.Root, "docs", "security.md"))
        .SkipWhile(line => line != "| promise | test |").Skip(2).TakeWhile(line => line.StartsWith('|'));

    [GeneratedRegex(@"\b[A-Za-z]+Tests\.[A-Za-z0-9_]+")]
    private static partial Regex TestName();
}
