using System.Text.Json;
using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Tests.Core.Jobs.Requests;

public sealed class JobspecCheckTests
{
    private const string Tasks = """[{"command": ["true"], "slot": "task", "count": {"per_slot": 1}}]""";
    private const string Resources = """[{"type": "slot", "count": 1, "label": "task", "with": [{"type": "core", "count": 1}]}]""";

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures/data/jobspecs"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "OUTCOMES")];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_Fluxs_tools_make_is_taken_as_it_is(string name)
    {
        var recorded = Recorded.Json($"data/jobspecs/{name}.json");

        Assert.Equal(Recorded.Normal(recorded), Recorded.Normal(JsonSerializer.SerializeToElement(JobspecCheck.Read(recorded))));
    }

    [Theory]
    [InlineData("", "[]")]
    [InlineData("", "5")]
    [InlineData(".version", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0}}}""")]
    [InlineData(".version", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0}}, "version": 2}""")]
    [InlineData(".version", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0}}, "version": "1"}""")]
    [InlineData(".more", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0}}, "version": 1, "more": 1}""")]
    [InlineData(".resources", """{"resources": [], "tasks": T, "attributes": {"system": {"duration": 0}}, "version": 1}""")]
    [InlineData(".resources", """{"resources": [{"type": "core", "count": 0}], "tasks": T, "attributes": {"system": {"duration": 0}}, "version": 1}""")]
    [InlineData(".tasks", """{"resources": R, "tasks": [], "attributes": {"system": {"duration": 0}}, "version": 1}""")]
    [InlineData(".tasks[0].command", """{"resources": R, "tasks": [{"command": "true", "slot": "task", "count": {}}], "attributes": {"system": {"duration": 0}}, "version": 1}""")]
    [InlineData(".tasks[0].command", """{"resources": R, "tasks": [{"command": ["a", 1], "slot": "task", "count": {}}], "attributes": {"system": {"duration": 0}}, "version": 1}""")]
    [InlineData(".tasks[0].slot", """{"resources": R, "tasks": [{"command": ["a"], "count": {}}], "attributes": {"system": {"duration": 0}}, "version": 1}""")]
    [InlineData(".attributes.more", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0}, "more": {}}, "version": 1}""")]
    [InlineData(".attributes.user", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0}, "user": "x"}, "version": 1}""")]
    [InlineData(".attributes.system", """{"resources": R, "tasks": T, "attributes": {"user": {}}, "version": 1}""")]
    [InlineData(".attributes.system.duration", """{"resources": R, "tasks": T, "attributes": {"system": {}}, "version": 1}""")]
    [InlineData(".attributes.system.duration", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": "5m"}}, "version": 1}""")]
    [InlineData(".attributes.system.duration", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": -1}}, "version": 1}""")]
    [InlineData(".attributes.system.environment.A", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0, "environment": {"A": 1}}}, "version": 1}""")]
    [InlineData(".attributes.system.queue", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0, "queue": 5}}, "version": 1}""")]
    [InlineData(".attributes.system.constraints", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0, "constraints": 5}}, "version": 1}""")]
    [InlineData(".attributes.system.dependencies", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0, "dependencies": {}}}, "version": 1}""")]
    [InlineData(".attributes.system.dependencies", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0, "dependencies": [{"scheme": "x", "value": 1}]}}, "version": 1}""")]
    [InlineData("", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0, "cwd": "\u0000"}}, "version": 1}""")]
    [InlineData("", """{"resources": R, "tasks": T, "attributes": {"system": {"duration": 0, "cwd": "\ud800"}}, "version": 1}""")]
    [InlineData("", """{"resources": R, "tasks": T, "tasks": T, "attributes": {"system": {"duration": 0}}, "version": 1}""")]
    public void What_is_none_is_refused_by_member(string path, string jobspec)
    {
        var json = JsonElement.Parse(jobspec.Replace(": R", ": " + Resources, StringComparison.Ordinal).Replace(": T", ": " + Tasks, StringComparison.Ordinal));

        Assert.Equal("Jobspec" + path, Assert.Throws<JobRequestException>(() => JobspecCheck.Read(json)).Field);
    }
}
