using System.Text.Json;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.BrowserTests.Sites;

/// <summary>
/// A scripted broker of thousands of nodes, of two kinds, with a queue for each, and jobs that ended in the last hours. The state of a node follows from its rank: of seven ranks each has another one, in the
/// order free, mixed, allocated, draining, drained, down, excluded.
/// </summary>
internal sealed class LargeCluster : IAsyncDisposable
{
    private const int Jobs = 24;

    private readonly FakeBroker _broker = new();

    /// <summary>For what is to be otherwise.</summary>
    internal FakeBroker Broker => _broker;

    /// <param name="count">How many nodes; the first three of five are called cpu, the rest gpu, and have these properties too.</param>
    internal LargeCluster(int count)
    {
        var cpus = count * 3 / 5;
        var names = $"\"cpu[0-{cpus - 1}],gpu[0-{count - cpus - 1}]\"";
        var all = $$$"""
            {"version":1,"execution":{"R_lite":[{"rank":"0-{{{count - 1}}}","children":{"core":"0-7"}}],"starttime":0.0,"expiration":0.0,"nodelist":[{{{names}}}],
             "properties":{"batch":"0-{{{cpus - 1}}}","debug":"{{{cpus}}}-{{{count - 1}}}"} } }
            """;
        _broker.On("job-manager.events-journal", async call =>
        {
            for (var id = 1; id <= Jobs; id++)
            {
                await call.RespondAsync(Job(id));
            }

            await call.RespondAsync("""{"id":-1,"events":[]}""");
            await call.Cancelled;
        });
        _broker.Answers("resource.status", $$$"""
            {"R":{{{all}}},"drain":{"{{{Ranks(3)}}}":{"timestamp":1700000000.0,"reason":"to be mended"},"{{{Ranks(4)}}}":{"timestamp":1700000000.0,"reason":"broken"}},
             "online":"{{{Ranks(0, 1, 2, 3, 4, 6)}}}","offline":"{{{Ranks(5)}}}","exclude":"{{{Ranks(6)}}}"}
            """);
        _broker.Answers("resource.sched-status", $$$"""
            {"all":{{{Of((Ranks(0, 1, 2, 3, 4, 5), "0-7"))}}},"down":{{{Of((Ranks(3, 4, 5), "0-7"))}}},"allocated":{{{Of((Ranks(1), "0-3"), (Ranks(2), "0-7"), (Ranks(3), "0"))}}}}
            """);
        _broker.Answers("job-manager.queue-list", """{"queues":["day","night"]}""");
        _broker.Answers("job-manager.queue-status", """{"enable":true,"start":true}""");
        _broker.Answers("config.get", """{"queues":{"day":{"requires":["batch"],"policy":{"limits":{"duration":"2h","job-size":{"max":{"nnodes":8}}}}},"night":{"requires":["debug"]}}}""");
        _broker.Answers("state-machine.get", """{"state":"run","duration":1.0}""");
        _broker.On("attr.get", call => call.RespondAsync($$"""{"value":"{{(call.Json.GetProperty("name").GetString() == "size" ? count : 0)}}","flags":0}"""));
        _broker.Answers("job-list.job-stats", """
            {"job_states":{"depend":0,"priority":0,"sched":0,"run":0,"cleanup":0,"inactive":0,"total":0},"successful":0,"failed":0,"canceled":0,"timeout":0,"inactive_purged":0,"queues":[]}
            """);

        string Ranks(params int[] states) => string.Join(',', Enumerable.Range(0, count).Where(rank => states.Contains(rank % 7)));

        static string Of(params (string Ranks, string Cores)[] parts) => JsonSerializer.Serialize(new
        {
            version = 1,
            execution = new { R_lite = parts.Select(part => new { rank = part.Ranks, children = new { core = part.Cores } }), starttime = 0.0, expiration = 0.0, nodelist = (string[])[""] },
        });
    }

    internal (string, string)[] Settings => [("Broker__Mode", "flux"), ("FLUX_URI", _broker.Uri)];

    // Those of the day wait for seconds, those of the night for minutes.
    private static string Job(int id)
    {
        var (isNight, submitted) = (id % 2 == 0, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - (600 * (id + 1)));
        var started = submitted + (isNight ? 60 * id : id);
        string[] events =
        [
            Event(submitted, "submit", ""","context":{"userid":1000,"urgency":16,"flags":0,"version":1}"""), Event(submitted, "validate"), Event(submitted, "depend"),
            Event(submitted, "priority", ""","context":{"priority":16}"""), Event(started, "alloc"), Event(started + 1, "finish", ""","context":{"status":0}"""),
            Event(started + 1, "release", ""","context":{"ranks":"all","final":true}"""), Event(started + 1, "free"), Event(started + 1, "clean"),
        ];
        return $$$$"""
            {"id":{{{{id}}}},"events":[{{{{string.Join(',', events)}}}}],
             "jobspec":{"version":1,"resources":[{"type":"slot","label":"task","count":1,"with":[{"type":"core","count":1}]}],
              "tasks":[{"command":["work"],"slot":"task","count":{"per_slot":1}}],"attributes":{"system":{"duration":0,"queue":"{{{{(isNight ? "night" : "day")}}}}"} } } }
            """;

        static string Event(long at, string name, string more = "") => $$"""{"timestamp":{{at}}.5,"name":"{{name}}"{{more}}}""";
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();
}
