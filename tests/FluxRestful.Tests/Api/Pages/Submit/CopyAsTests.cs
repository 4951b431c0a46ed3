using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Pages.Submit;
using FluxRestful.Contracts.Jobs.Submitting;

namespace FluxRestful.Tests.Api.Pages.Submit;

public sealed class CopyAsTests
{
    /// <summary>A raw string literal of C# ends with as many quotes as it began with, and begins and ends with a line of its own.</summary>
    [Fact]
    public void The_request_stands_in_the_copy_for_CSharp_as_it_is() =>
        Gen.Select(Gen.String.Array[1, 4], Gen.String.Where(text => !text.Contains('\0', StringComparison.Ordinal))).Sample((words, value) =>
        {
            var submit = new JobSubmit(Command: words, Environment: new Dictionary<string, string> { ["A"] = value, ["QUOTES"] = "\"\"\"\"" });
            var lines = CopyAs.All(submit, "http://here").Single(copy => copy.Name == "C#").Text.Split('\n');
            var start = Array.FindIndex(lines, line => line.EndsWith("\"\"\"", StringComparison.Ordinal)) + 1;
            var quotes = new string('"', lines[start - 1].Length - lines[start - 1].TrimEnd('"').Length);
            var end = Array.FindIndex(lines, start, line => line.StartsWith(quotes, StringComparison.Ordinal));
            var literal = string.Join('\n', lines[start..end]);
            Assert.DoesNotContain(quotes, literal, StringComparison.Ordinal);
            Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(submit, ServerJson.Default.JobSubmit), JsonNode.Parse(literal)));
        });

    [Fact]
    public void Each_copy_has_the_environment()
    {
        var submit = new JobSubmit(Command: ["true"], Environment: new Dictionary<string, string> { ["GREETING"] = "hello" });
        Assert.All(CopyAs.All(submit, "http://here"), copy => Assert.True(copy.Text.Contains("GREETING", StringComparison.Ordinal) && copy.Text.Contains("hello", StringComparison.Ordinal), copy.Name));
    }
}
