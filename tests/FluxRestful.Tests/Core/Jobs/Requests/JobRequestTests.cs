using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Tests.Core.Jobs.Requests;

public sealed class JobRequestTests
{
    private static readonly JobRequest Plain = new() { Command = ["true"] };

    private static readonly (string Field, JobRequest Request)[] Nonsense =
    [
        (nameof(JobRequest.Command), Plain with { Command = [] }),
        (nameof(JobRequest.Command), Plain with { Command = [""] }),
        (nameof(JobRequest.Command), Plain with { Command = ["true", "a\0b"] }),
        (nameof(JobRequest.Command), Plain with { Command = ["true", null!] }),
        (nameof(JobRequest.Command), Plain with { Command = ["\ud800"] }),
        (nameof(JobRequest.Command), Plain with { Command = null! }),
        (nameof(JobRequest.Tasks), Plain with { Tasks = 0 }),
        (nameof(JobRequest.Nodes), Plain with { Nodes = -1 }),
        (nameof(JobRequest.Nodes), Plain with { Nodes = 3, Tasks = 2 }),
        (nameof(JobRequest.CoresPerTask), Plain with { CoresPerTask = 0 }),
        (nameof(JobRequest.GpusPerTask), Plain with { GpusPerTask = -1 }),
        (nameof(JobRequest.Cores), Plain with { Cores = 0 }),
        (nameof(JobRequest.Cores), Plain with { Cores = 3, Nodes = 2 }),
        (nameof(JobRequest.Cores), Plain with { Cores = 1, Nodes = 2 }),
        (nameof(JobRequest.Tasks), Plain with { Cores = 2, Tasks = 2 }),
        (nameof(JobRequest.CoresPerTask), Plain with { Cores = 2, CoresPerTask = 2 }),
        (nameof(JobRequest.GpusPerTask), Plain with { Cores = 2, GpusPerTask = 2 }),
        (nameof(JobRequest.TasksPerNode), Plain with { TasksPerNode = 0, Nodes = 1 }),
        (nameof(JobRequest.TasksPerNode), Plain with { TasksPerNode = 2 }),
        (nameof(JobRequest.TasksPerCore), Plain with { TasksPerCore = 2 }),
        (nameof(JobRequest.TasksPerCore), Plain with { TasksPerCore = 2, TasksPerNode = 2, Nodes = 1 }),
        (nameof(JobRequest.GpusPerNode), Plain with { GpusPerNode = 1 }),
        (nameof(JobRequest.GpusPerNode), Plain with { GpusPerNode = -1, Nodes = 1 }),
        (nameof(JobRequest.Exclusive), Plain with { Exclusive = true }),
        (nameof(JobRequest.Exclusive), Plain with { Exclusive = true, Cores = 2 }),
        (nameof(JobRequest.Duration), Plain with { Duration = -1 }),
        (nameof(JobRequest.Duration), Plain with { Duration = double.NaN }),
        (nameof(JobRequest.Duration), Plain with { Duration = double.PositiveInfinity }),
        (nameof(JobRequest.BeginTime), Plain with { BeginTime = double.NegativeInfinity }),
        (nameof(JobRequest.WorkingDirectory), Plain with { WorkingDirectory = "" }),
        (nameof(JobRequest.WorkingDirectory), Plain with { WorkingDirectory = "/a\0" }),
        (nameof(JobRequest.Name), Plain with { Name = "" }),
        (nameof(JobRequest.Queue), Plain with { Queue = "" }),
        (nameof(JobRequest.Bank), Plain with { Bank = "\udc00" }),
        (nameof(JobRequest.Environment), Plain with { Environment = One("A B", "x") }),
        (nameof(JobRequest.Environment), Plain with { Environment = One("1A", "x") }),
        (nameof(JobRequest.Environment), Plain with { Environment = One("", "x") }),
        (nameof(JobRequest.Environment), Plain with { Environment = One("É", "x") }),
        (nameof(JobRequest.Environment), Plain with { Environment = One("A", "x\0") }),
        (nameof(JobRequest.Environment), Plain with { Environment = One("A", null!) }),
        (nameof(JobRequest.Dependencies), Plain with { Dependencies = [":x"] }),
        (nameof(JobRequest.Dependencies), Plain with { Dependencies = [null!] }),
        (nameof(JobRequest.TaskMap), Plain with { TaskMap = "" }),
        (nameof(JobRequest.Signal), Plain with { Signal = "SIGNOTHING" }),
        (nameof(JobRequest.Signal), Plain with { Signal = "65@3" }),
        (nameof(JobRequest.Signal), Plain with { Signal = "TERM@soon" }),
        (nameof(JobRequest.Signal), Plain with { Signal = "TERM@inf" }),
        (nameof(JobRequest.Requires), Plain with { Requires = "" }),
        (nameof(JobRequest.Output), Plain with { Output = "" }),
        (nameof(JobRequest.Error), Plain with { Error = "a\0" }),
        (nameof(JobRequest.Input), Plain with { Input = "" }),
        (nameof(JobRequest.ShellOptions), Plain with { ShellOptions = JobspecBuilderTests.Options("a..b=1") }),
        (nameof(JobRequest.ShellOptions), Plain with { ShellOptions = JobspecBuilderTests.Options("=1") }),
        (nameof(JobRequest.ShellOptions), Plain with { ShellOptions = JobspecBuilderTests.Options("a=1", "a.b=2") }),
        (nameof(JobRequest.ShellOptions), Plain with { ShellOptions = JobspecBuilderTests.Options("""a={"b":1,"b":2}""") }),
        (nameof(JobRequest.ShellOptions), Plain with { ShellOptions = new Dictionary<string, System.Text.Json.JsonElement> { ["a"] = default } }),
        (nameof(JobRequest.Attributes), Plain with { Attributes = JobspecBuilderTests.Options("system.duration.x=1") }),
        (nameof(JobRequest.Attributes), Plain with { Attributes = JobspecBuilderTests.Options(string.Join('.', Enumerable.Repeat("a", 5000))) }),
        (nameof(JobRequest.Script), Plain with { Script = new("echo") }),
        (nameof(JobRequest.Script), Plain with { Script = new("#!/bin/sh\0") }),
        (nameof(JobRequest.Script), Plain with { Script = new("#!/bin/sh") { Nested = true, BrokerOptions = ["\0"] } }),
        (nameof(JobRequest.Files), Plain with { Files = [new("", default)] }),
        (nameof(JobRequest.ResourceLimits), Plain with { ResourceLimits = new Dictionary<string, long> { [""] = 1 } }),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Nonsense.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nonsense_is_refused_by_the_field_at_fault(int at)
    {
        var (field, request) = Nonsense[at];
        var refusal = Assert.Throws<JobRequestException>(() => JobspecBuilder.Build(request));
        Assert.Equal(field, refusal.Field);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> One(string name, string value) => new() { [name] = value };
}
