using FluxRestful.Core.Rpc;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Benchmarks;

/// <summary>A broker that is nothing but a journal: so many jobs are there, and more happens when it is told to.</summary>
internal sealed class ScriptedJournal : IAsyncDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly TaskCompletionSource<FakeCall> _follower = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedJournal(int jobs)
    {
        _broker.On("job-manager.events-journal", async call =>
        {
            for (var id = 1; id <= jobs; id++)
            {
                await call.RespondAsync(Job(id));
            }

            await call.RespondAsync("""{"id":-1,"events":[]}""");
            _follower.TrySetResult(call);
            await call.Cancelled;
        });
        foreach (var topic in (string[])["resource.sched-status", "resource.status", "job-list.job-stats", "config.get", "job-manager.queue-list", "job-manager.queue-status"])
        {
            // The server notes each minute what the instance does; here nothing is to be noted.
            _broker.On(topic, call => call.FailAsync(Errno.ENOSYS));
        }

        Environment.SetEnvironmentVariable("FLUX_URI", _broker.Uri);
        Environment.SetEnvironmentVariable("Events__StreamsPerTenant", "10000");
    }

    public async Task TellAsync(int job, string name, string context, CancellationToken cancellationToken) => await (await _follower.Task.WaitAsync(cancellationToken))
        .RespondAsync($$$"""{"id":{{{job}}},"events":[{"timestamp":100,"name":"{{{name}}}","context":{{{context}}}}]}""");

    public async ValueTask DisposeAsync() => await _broker.DisposeAsync();

    // One in fifty runs, one in fifty waits, the rest has ended, one in ten of it badly. Names, hosts and queues are of a few kinds, as they are.
    private static string Job(int id)
    {
        var events = new List<string> { Event(id, "submit", """{"userid":1000,"urgency":16,"flags":0}"""), Event(id, "validate"), Event(id, "depend"), Event(id, "priority", """{"priority":16}""") };
        if (id % 50 != 0)
        {
            events.Add(Event(id, "alloc"));
        }

        if (id % 50 > 1)
        {
            events.Add(Event(id, "finish", $$"""{"status":{{(id % 10 == 0 ? 256 : 0)}}}"""));
            events.Add(Event(id, "clean"));
        }

        return $$$$$"""
            {"id":{{{{{id}}}}},"events":[{{{{{string.Join(',', events)}}}}}],
             "jobspec":{"version":1,"resources":[{"type":"slot","label":"task","count":1,"with":[{"type":"core","count":1}]}],
              "tasks":[{"command":["work"],"slot":"task","count":{"per_slot":1}}],
              "attributes":{"system":{"duration":0,"cwd":"/home/user/{{{{{id % 100}}}}}","queue":"{{{{{(id % 3 == 0 ? "debug" : "batch")}}}}}","job":{"name":"sweep-{{{{{id % 1000}}}}}"}}}},
             "R":{"version":1,"execution":{"R_lite":[{"rank":"{{{{{id % 64}}}}}","children":{"core":"0"}}],"starttime":1,"expiration":0,"nodelist":["node{{{{{id % 64}}}}}"]}}}
            """;
    }

    private static string Event(int id, string name, string? context = null) =>
        $$$"""{"timestamp":{{{1_000_000 + id}}}.5,"name":"{{{name}}}"{{{(context is null ? "" : ",\"context\":" + context)}}}}""";
}
