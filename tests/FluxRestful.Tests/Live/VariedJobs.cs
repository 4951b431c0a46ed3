using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Services;

namespace FluxRestful.Tests.Live;

/// <summary>Some hundred jobs of every kind that there is, the same at each run.</summary>
internal sealed class VariedJobs(BrokerSession broker)
{
    private const int RandomJobs = 200;
    private const int Seed = 20261123;

    private readonly Random _random = new(Seed);
    private readonly JobManager _manager = new(broker.Client);
    private readonly List<JobId> _ended = [];
    private readonly List<JobId> _active = [];

    /// <summary>Jobs that end by themselves, or were ended.</summary>
    internal IReadOnlyList<JobId> Ended => _ended;

    /// <summary>Jobs that are held, wait for others, or run for long.</summary>
    internal IReadOnlyList<JobId> Active => _active;

    /// <summary>Submits all, and waits until those that end have ended.</summary>
    internal async Task RunAsync()
    {
        await RunChosenAsync();
        _ended.AddRange(await Task.WhenAll(Enumerable.Range(0, RandomJobs).Select(_ => RandomAsync())));
        await Task.WhenAll(_ended.Select(broker.EndAsync));
        await LeaveSomeActiveAsync();
    }

    private async Task RunChosenAsync()
    {
        foreach (var end in (string[])["exit 0", "exit 1", "exit 3", "exit 126", "exit 127", "exit 128", "exit 255", "kill -9 $$", "kill -15 $$", "kill -2 $$", "kill -11 $$"])
        {
            _ended.Add(await broker.SubmitAsync(Jobspecs.Script(end)));
        }

        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("sleep", "60").With("system.duration", 0.3)));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Script("exit $FLUX_TASK_RANK").Tasks(3)));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true").Nodes(4, slots: 2)));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true").Nodes(2, exclusive: true)));
        _ended.Add(await broker.SubmitAsync(PerResource(Jobspecs.Of("true").Nodes(2, exclusive: true), "node", 3)));
        _ended.Add(await broker.SubmitAsync(PerResource(Jobspecs.Of("true").Tasks(2), "core", 2)));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true").Nodes(100)));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true").Tasks(1, cores: 100)));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true").With("system.constraints", new { properties = (string[])["nosuch"] })));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true").With("system.constraints", new { hostlist = (string[])["node2"] })));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("/nonexistent/program")));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("/etc/passwd")));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true").With("system.cwd", "/nonexistent")));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true").With("system.shell.options", new { verbose = "nonsense" })));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true").With("system.job.name", "ƒ 漢字 'quoted\" | 🚀").With("system.bank", "mine").With("system.project", "big")));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true"), urgency: 31));
        _ended.Add(await broker.SubmitAsync(Jobspecs.Of("true"), urgency: 1));

        var failing = await HeldAsync(Jobspecs.Of("false"));
        foreach (var scheme in (string[])["afterok", "afternotok", "afterany"])
        {
            _ended.Add(await broker.SubmitAsync(After(Jobspecs.Of("true"), scheme, failing)));
        }

        await _manager.UrgencyAsync(failing, 20, broker.Token);
        _ended.Add(failing);

        var annotated = await HeldAsync(Jobspecs.Of("true").With("system.duration", 100));
        await _manager.MemoAsync(annotated, JsonSerializer.SerializeToElement(new { color = "red", deep = new { a = 1, b = "ƒ" } }), isVolatile: false, broker.Token);
        await _manager.MemoAsync(annotated, JsonSerializer.SerializeToElement(new { deep = new { a = 2 } }), isVolatile: false, broker.Token);
        await _manager.UpdateAsync(annotated, new Dictionary<string, JsonElement> { ["attributes.system.duration"] = JsonSerializer.SerializeToElement(250.5) }, broker.Token);
        await _manager.RaiseAsync(annotated, "warn", 3, "careful", broker.Token);
        await _manager.RaiseAsync(annotated, "remark", 5, "less so", broker.Token);
        await _manager.UrgencyAsync(annotated, 10, broker.Token);
        _ended.Add(annotated);

        var canceled = await HeldAsync(Jobspecs.Of("true"));
        await _manager.CancelAsync(canceled, "no longer needed: 'quoted' | ƒ", broker.Token);
        _ended.Add(canceled);
        var failed = await HeldAsync(Jobspecs.Of("true"));
        await _manager.RaiseAsync(failed, "mytype", 0, "because", broker.Token);
        _ended.Add(failed);

        var running = await RunningAsync(Jobspecs.Of("sleep", "600").With("system.duration", 1000));
        await _manager.UpdateAsync(running, new Dictionary<string, JsonElement> { ["attributes.system.duration"] = JsonSerializer.SerializeToElement(2000) }, broker.Token);
        await _manager.CancelAsync(running, null, broker.Token);
        await _manager.CancelAsync(running, "twice", broker.Token);
        _ended.Add(running);
        var killed = await RunningAsync(Jobspecs.Of("sleep", "600"));
        await _manager.KillAsync(killed, 10, broker.Token);
        _ended.Add(killed);
        var raised = await RunningAsync(Jobspecs.Of("sleep", "600"));
        await _manager.RaiseAsync(raised, "other", 0, null, broker.Token);
        _ended.Add(raised);
    }

    private async Task<JobId> RandomAsync()
    {
        var jobspec = _random.Next(4) switch
        {
            0 => Jobspecs.Of("true").Nodes(_random.Next(1, 6), _random.Next(1, 3), exclusive: _random.Next(2) == 0),
            1 => Jobspecs.Script($"exit {_random.Next(256)}").Tasks(_random.Next(1, 4), _random.Next(1, 4)),
            2 => Jobspecs.Of("echo", _random.NextInt64().ToString(CultureInfo.InvariantCulture)).With("system.duration", Math.Round(_random.NextDouble() * 1000, 3) + 60),
            _ => Jobspecs.Of("/bin/true").With("system.job.name", $"job-{_random.Next(10)}").With("system.cwd", _random.Next(2) == 0 ? "/tmp" : "/usr"),
        };
        var urgency = _random.Next(1, 32);
        var isCanceled = _random.Next(10) == 0;
        var isMarked = _random.Next(5) == 0;
        var memo = _random.Next(100);
        if (!isCanceled && !isMarked)
        {
            return await broker.SubmitAsync(jobspec, urgency);
        }

        var id = await HeldAsync(jobspec);
        if (isMarked)
        {
            await _manager.MemoAsync(id, JsonSerializer.SerializeToElement(new { number = memo }), isVolatile: false, broker.Token);
        }

        if (isCanceled)
        {
            await _manager.CancelAsync(id, isMarked ? "marked" : null, broker.Token);
        }
        else
        {
            await _manager.UrgencyAsync(id, urgency, broker.Token);
        }

        return id;
    }

    private async Task LeaveSomeActiveAsync()
    {
        var held = await HeldAsync(Jobspecs.Of("true"));
        var waiting = await broker.SubmitAsync(After(Jobspecs.Of("true"), "afterok", held));
        await broker.ReachAsync(waiting, JobState.Depend);
        var running = await RunningAsync(Jobspecs.Of("sleep", "600").With("system.duration", 3000));
        var forEver = await RunningAsync(Jobspecs.Of("sleep", "600").Nodes(3));
        var tooLarge = await broker.SubmitAsync(Jobspecs.Of("true").Nodes(4, exclusive: true));
        await broker.ReachAsync(tooLarge, JobState.Sched);
        _active.AddRange([held, waiting, running, forEver, tooLarge]);
    }

    private async Task<JobId> HeldAsync(JsonNode jobspec)
    {
        var id = await broker.SubmitAsync(jobspec, urgency: 0);
        await broker.ReachAsync(id, JobState.Sched);
        return id;
    }

    private async Task<JobId> RunningAsync(JsonNode jobspec)
    {
        var id = await broker.SubmitAsync(jobspec);
        await broker.ExecEventAsync(id, "shell.start");
        return id;
    }

    private static JsonObject After(JsonObject jobspec, string scheme, JobId id) =>
        jobspec.With("system.dependencies", new JsonArray(new JsonObject { ["scheme"] = scheme, ["value"] = id.ToString() }));

    private static JsonObject PerResource(JsonObject jobspec, string type, int count) =>
        jobspec.With("system.shell.options", new Dictionary<string, object> { ["per-resource"] = new { type, count } });
}
