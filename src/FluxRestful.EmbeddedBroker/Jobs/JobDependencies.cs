using System.Globalization;
using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Jobs;

/// <summary>Jobs that wait for other jobs or for a time: afterok, afternotok, afterany, afterstart, begin-time, singleton.</summary>
internal sealed class JobDependencies
{
    private readonly JobTable _jobs;
    private readonly JobRecorder _recorder;
    private readonly JobLifecycle _lifecycle;
    private readonly InstanceLoop _loop;
    private readonly TimeProvider _time;
    private readonly uint _owner;
    private readonly HashSet<Job> _waiting = [];

    public JobDependencies(JobTable jobs, JobRecorder recorder, JobLifecycle lifecycle, InstanceLoop loop, TimeProvider time, uint owner)
    {
        (_jobs, _recorder, _lifecycle, _loop, _time, _owner) = (jobs, recorder, lifecycle, loop, time, owner);
        recorder.Happened += Look;
    }

    /// <summary>Takes up what the jobspec waits for.</summary>
    /// <exception cref="RequestException">It waits for nothing that there is.</exception>
    public void Add(Job job)
    {
        if (job.Jobspec.Member("dependencies") is not { ValueKind: JsonValueKind.Array } dependencies)
        {
            return;
        }

        foreach (var dependency in dependencies.EnumerateArray())
        {
            var (read, isMet) = Read(job, dependency);
            _recorder.Record(job, "dependency-add", writer => writer.WriteString("description", read.Description));
            if (isMet)
            {
                _recorder.Record(job, "dependency-remove", writer => writer.WriteString("description", read.Description));
            }
            else
            {
                job.Dependencies.Add(read);
            }
        }

        if (job.Dependencies.Count > 0)
        {
            _waiting.Add(job);
            Arm(job);
        }
    }

    private static string Text(JsonElement dependency, string name) =>
        dependency.ValueKind == JsonValueKind.Object && dependency.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new RequestException(Errno.EINVAL, $"dependency: missing {name}");

    private (Dependency Dependency, bool IsMet) Read(Job job, JsonElement dependency)
    {
        var scheme = Text(dependency, "scheme");
        switch (scheme)
        {
            case "afterok" or "afternotok" or "afterany" or "afterstart" or "after":
                return ReadAfter(scheme, Text(dependency, "value"));
            case "begin-time":
                return double.TryParse(Text(dependency, "value"), NumberStyles.Float, CultureInfo.InvariantCulture, out var begin) && double.IsFinite(begin)
                    ? (new Dependency(scheme, string.Create(CultureInfo.InvariantCulture, $"begin-time={begin:F3}"), BeginTime: begin), begin <= _time.Now())
                    : throw new RequestException(Errno.EINVAL, "dependency: begin-time: invalid value");
            case "singleton" when job.Jobspec.Member("job") is null:
                throw new RequestException(Errno.EINVAL, "dependency: singleton: job name is required");
            case "singleton":
                return (new Dependency(scheme, "singleton"), !Twins(job).Any());
            default:
                throw new RequestException(Errno.EINVAL, $"dependency scheme \"{scheme}\" not supported");
        }
    }

    private (Dependency Dependency, bool IsMet) ReadAfter(string scheme, string value)
    {
        if (!JobId.TryParse(value, out var id))
        {
            throw new RequestException(Errno.EINVAL, $"dependency: {scheme}: \"{value}\" is not a valid jobid");
        }

        if (_jobs.Find(id) is not { } other)
        {
            throw new RequestException(Errno.EINVAL, $"dependency: {scheme}: id {value}: job not found");
        }

        var kind = scheme switch { "afterok" => "success", "afternotok" => "failure", "afterany" => "finish", _ => "start" };
        var dependency = new Dependency(scheme, $"after-{kind}={value}", id);
        return Met(dependency, other) switch
        {
            true => (dependency, true),
            false => throw new RequestException(Errno.EINVAL, $"dependency: {scheme}: id {value}: dependency can never be satisfied"),
            null => (dependency, false),
        };
    }

    // True: met. False: never. Null: not yet.
    private static bool? Met(Dependency dependency, Job other) => dependency.Scheme switch
    {
        "afterok" => other.IsInactive ? other.Record!.Success : null,
        "afternotok" => other.IsInactive ? !other.Record!.Success : null,
        "afterany" => other.IsInactive ? true : null,
        _ => other.Record?.TRun is not null ? true : other.IsInactive ? false : null,
    };

    private IEnumerable<Job> Twins(Job job) =>
        _jobs.Active.Where(other => other != job && other.UserId == job.UserId && other.Record?.Name == job.Record?.Name && other.Id < job.Id);

    private void Look(Job changed, string name)
    {
        if (name is not ("start" or "clean") || _waiting.Count == 0)
        {
            return;
        }

        _waiting.Remove(changed);
        foreach (var job in _waiting.ToArray())
        {
            foreach (var dependency in job.Dependencies.Where(dependency => dependency.On == changed.Id || dependency.Scheme == "singleton").ToArray())
            {
                Decide(job, dependency, dependency.Scheme == "singleton" ? (Twins(job).Any() ? null : true) : Met(dependency, changed));
            }
        }
    }

    private void Decide(Job job, Dependency dependency, bool? isMet)
    {
        if (job.State != JobState.Depend || isMet is null)
        {
            return;
        }

        if (isMet.Value)
        {
            Meet(job, dependency);
        }
        else
        {
            _waiting.Remove(job);
            _lifecycle.Raise(job, "dependency", 0, $"dependency {dependency.Description} can never be satisfied", _owner);
        }
    }

    private void Meet(Job job, Dependency dependency)
    {
        job.Dependencies.Remove(dependency);
        _recorder.Record(job, "dependency-remove", writer => writer.WriteString("description", dependency.Description));
        if (job.Dependencies.Count == 0)
        {
            _waiting.Remove(job);
            _lifecycle.DependenciesMet(job);
        }
    }

    private void Arm(Job job)
    {
        foreach (var dependency in job.Dependencies.Where(dependency => dependency.BeginTime is not null))
        {
            job.Alarm = _loop.After(TimeSpan.FromSeconds(Math.Min(1e9, dependency.BeginTime!.Value - _time.Now())), () => Ring(job, dependency));
        }
    }

    private void Ring(Job job, Dependency dependency)
    {
        if (job.State == JobState.Depend && job.Dependencies.Contains(dependency) && _time.Now() < dependency.BeginTime)
        {
            Arm(job);
        }
        else if (job.Dependencies.Contains(dependency))
        {
            Decide(job, dependency, true);
        }
    }
}
