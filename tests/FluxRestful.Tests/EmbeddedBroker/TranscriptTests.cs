using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.EmbeddedBroker;

/// <summary>The recorded exchanges are the embedded broker's specification.</summary>
public class TranscriptTests
{
    /// <summary>Recordings, and the jobs that were there when they began: done, held, running, held at first, or running until a certain message.</summary>
    public static TheoryData<string, string> Recordings => new()
    {
        { "as-guest", "run" },
        { "attr-get", "" },
        { "cancel-errors", "done" },
        { "cancel-pending", "held" },
        { "cancel-running", "run" },
        { "connect", "" },
        { "dependencies", "" },
        { "eventlog-watch", "" },
        { "eventlog-watch-cancel", "run" },
        { "eventlog-watch-errors", "done" },
        { "eventlog-watch-sentinel", "until 8" },
        { "events", "" },
        { "events-jobs", "run,held" },
        { "instance-info", "done" },
        { "job-manager-list", "run" },
        { "job-stats", "done,until 4,until 5" },
        { "journal", "held" },
        { "journal-full", "done,done,later" },
        { "list", "done,done=list-1,done=list-2,run=list-running,held=list-held" },
        { "list-id", "done" },
        { "list-stream", "done=s0,done=s1,done=s2" },
        { "lookup", "done" },
        { "memo", "" },
        { "noresponse", "" },
        { "output-binary", "" },
        { "output-large-line", "" },
        { "output-large-lines", "" },
        { "output-never-ran", "" },
        { "output-start-failure", "" },
        { "output-stdout-stderr", "" },
        { "output-to-file", "" },
        { "output-unbuffered-split", "" },
        { "output-utf8", "" },
        { "own-service", "" },
        { "queues-none", "" },
        { "raise-nonfatal", "until 4" },
        { "raiseall-killall", "run,held,held,held" },
        { "shutdown-plain", "" },
        { "shutdown-streaming", "run" },
        { "signal", "run,held" },
        { "submit-invalid", "" },
        { "submit-ok", "" },
        { "submit-unsatisfiable", "" },
        { "timeout", "" },
        { "unknown-service", "" },
        { "update-duration", "limited" },
        { "urgency", "run" },
        { "wait", "" },
    };

    /// <summary>Recordings that are not replayed here, and why.</summary>
    public static IReadOnlyDictionary<string, string> NotReplayed { get; } = new Dictionary<string, string>
    {
        ["closed-on"] = "raw bytes, each on a connection of its own: HostileClientTests",
        ["kvs"] = "of the key-value store only resource.R exists here",
        ["queues-named"] = "there is one queue, without a name",
        ["refused"] = "needs a second user of this machine",
        ["resource-journal"] = "drains the last of four nodes: DrainTests does the same with the only one",
        ["resource-status"] = "drains some of four nodes: DrainTests does the same with the only one",
        ["signal-lost"] = "a defect of the original: here the signal arrives",
        ["stdin"] = "names the shell of a recorded job: TaskTests",
        ["tolerated"] = "raw bytes: HostileClientTests",
        ["watch-waitcreate-hang"] = "a defect of the original: here the watch is answered",
    };

    [Fact]
    public void Every_recording_is_replayed_or_says_why_not()
    {
        var replayed = Recordings.Select(row => row.Data.Item1).Concat(NotReplayed.Keys).Order(StringComparer.Ordinal);

        // A command line is what the tests under Live run; several users are a real Flux's business.
        Assert.Equal(Transcript.Names().Where(name => !name.Contains('/', StringComparison.Ordinal) && !name.StartsWith("multi-user", StringComparison.Ordinal)).Order(StringComparer.Ordinal), replayed);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task A_recorded_client_is_answered_as_it_was(string name, string setup)
    {
        await using var session = await BrokerSession.StartAsync();
        var gates = Directory.CreateTempSubdirectory("flux-restful-gates-").FullName;
        var jobs = new List<long>();
        foreach (var kind in setup.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            jobs.Add(await SetUpAsync(session, kind, gates));
        }

        await using var replay = new TranscriptReplay(session, Transcript.Load(name), jobs)
        {
            Before = message => File.WriteAllText(Path.Combine(gates, $"{message}"), ""),
            IsUnordered = name is "journal-full" or "output-stdout-stderr" or "output-large-line" or "output-large-lines" or "shutdown-streaming",
        };
        var ending = name.StartsWith("shutdown", StringComparison.Ordinal) ? EndAsync(session) : Task.CompletedTask;
        await replay.RunAsync();
        await ending;
        Directory.Delete(gates, recursive: true);
    }

    // As a host does.
    private static async Task EndAsync(BrokerSession session)
    {
        await session.Broker.Completion.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await session.Broker.DisposeAsync();
    }

    private static async Task<long> SetUpAsync(BrokerSession session, string what, string gates)
    {
        var (kind, name) = what.Split('=') is [var before, var after] ? (before, after) : (what, "a-job");
        string[] command = kind.Split(' ') switch
        {
            ["until", var message] => ["sh", "-c", $"until test -e {gates}/{message}; do sleep 0.02; done"],
            ["run" or "limited"] => ["sleep", "60"],
            _ => ["true"],
        };
        var id = await session.SubmitAsync(
            BrokerSession.Jobspec(command, duration: kind == "limited" ? 600 : 0, system: new { job = new { name } }), urgency: kind is "held" or "later" ? 0 : 16);
        if (kind == "later")
        {
            await session.GetAsync("job-manager.urgency", new { id, urgency = 16 });
        }

        if (kind is "done" or "later")
        {
            await session.UntilAsync(id);
        }
        else if (kind != "held")
        {
            await session.UntilAsync(id, 16);
        }

        return id;
    }
}
