using System.Diagnostics;
using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Tests.Core.Jobs.Records;

[CollectionDefinition(nameof(JobRecordSizeTests), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>Alone, since it looks at the memory of the whole process.</summary>
[Collection(nameof(JobRecordSizeTests))]
public sealed class JobRecordSizeTests(ITestOutputHelper output)
{
    private const int Jobs = 20_000;
    private const int EventsPerJob = 10;
    private const double LargestRecord = 600;

    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(20);

    [Fact]
    public void Many_jobs_fit_in_little_memory_and_time()
    {
        var records = new JobRecord[Jobs];
        JobReducer.Apply(null, Entry(0));
        var before = Memory();
        var watch = new Stopwatch();
        for (var at = 0; at < Jobs; at++)
        {
            // Reading the message belongs to it: the element is what the broker's bytes become.
            watch.Start();
            records[at] = JobReducer.Apply(null, Entry(at))!;
            watch.Stop();
        }

        var each = (Memory() - before) / (double)Jobs;
        output.WriteLine($"{each:F0} bytes a record, {Jobs * EventsPerJob / watch.Elapsed.TotalSeconds:F0} events a second");
        Assert.Equal(Jobs, records.Count(record => record.Result == JobResult.Completed));
        Assert.InRange(each, 1, LargestRecord);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Generous);
    }

    // What tests before this one left behind is freed by and by: their servers, and the code compiled for them.
    private static long Memory()
    {
        var (memory, last) = (GC.GetTotalMemory(forceFullCollection: true), long.MaxValue);
        for (var i = 0; i < 20 && last - memory > 100_000; i++)
        {
            GC.WaitForPendingFinalizers();
            (memory, last) = (GC.GetTotalMemory(forceFullCollection: true), memory);
        }

        return memory;
    }

    private static JournalEntry Entry(int number) => JournalEntry.FromJson(JsonElement.Parse($$$$$"""
        {"id":{{{{{629346926592 + ((long)number << 24)}}}}},"events":[
        {"timestamp":1795377459.{{{{{number}}}}},"name":"submit","context":{"userid":1001,"urgency":16,"flags":0,"version":1}},
        {"timestamp":1795377460.{{{{{number}}}}},"name":"validate"},
        {"timestamp":1795377461.{{{{{number}}}}},"name":"depend"},
        {"timestamp":1795377462.{{{{{number}}}}},"name":"priority","context":{"priority":16}},
        {"timestamp":1795377463.{{{{{number}}}}},"name":"alloc","context":{"annotations":{"sched":{"resource_summary":"rank{{{{{number % 64}}}}}/core0"}}}},
        {"timestamp":1795377464.{{{{{number}}}}},"name":"start"},
        {"timestamp":1795377465.{{{{{number}}}}},"name":"finish","context":{"status":0}},
        {"timestamp":1795377466.{{{{{number}}}}},"name":"release","context":{"ranks":"all","final":true}},
        {"timestamp":1795377467.{{{{{number}}}}},"name":"free"},
        {"timestamp":1795377468.{{{{{number}}}}},"name":"clean"}],
        "jobspec":{"version":1,"resources":[{"type":"slot","count":1,"label":"task","with":[{"type":"core","count":1}]}],
        "tasks":[{"command":["sh","-c","sleep 0.{{{{{number}}}}}"],"slot":"task","count":{"per_slot":1}}],
        "attributes":{"system":{"duration":60.0,"cwd":"/home/tenant{{{{{number % 50}}}}}","job":{"name":"run-{{{{{number}}}}}"},"queue":"batch"}}},
        "R":{"version":1,"execution":{"R_lite":[{"rank":"{{{{{number % 64}}}}}","children":{"core":"0"}}],"starttime":1795377457.72021,
        "expiration":1795377517.72021,"nodelist":["node{{{{{number % 64}}}}}"]}}}
        """));
}
