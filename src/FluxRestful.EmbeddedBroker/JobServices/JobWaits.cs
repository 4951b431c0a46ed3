using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary>Answers that wait: <c>wait</c> for a waitable job (which consumes its result), <c>drain</c>, <c>idle</c>.</summary>
internal sealed class JobWaits
{
    private readonly Instance _instance;
    private readonly Dictionary<JobId, Job> _results = [];
    private readonly List<(Request Request, JobId? Job)> _waiting = [];
    private readonly List<(Request Request, bool IsIdle)> _resting = [];

    public JobWaits(Instance instance)
    {
        _instance = instance;
        instance.Lifecycle.Ended += OnEnded;
    }

    public void Wait(Request request)
    {
        request.RequireOwner();
        ForgetThoseWhoLeft();
        var id = ReadId(request);
        if (id is null)
        {
            WaitForAny(request);
            return;
        }

        if (_results.Remove(id.Value, out var ended))
        {
            Answer(request, ended);
            return;
        }

        var job = _instance.Jobs.Find(id.Value);
        if (job is null or { IsInactive: true })
        {
            throw new RequestException(Errno.ECHILD, "invalid job id, or job may be inactive and not waitable");
        }

        if ((job.Flags & Job.Waitable) == 0)
        {
            throw new RequestException(Errno.ECHILD, "job was not submitted with FLUX_JOB_WAITABLE");
        }

        if (_waiting.Exists(waiting => waiting.Job == id))
        {
            throw new RequestException(Errno.ECHILD, "job id already has a waiter");
        }

        _waiting.Add((request, id));
    }

    public void Drain(Request request)
    {
        request.RequireOwner();
        _resting.Add((request, false));
        AnswerResting();
    }

    public void Idle(Request request)
    {
        request.RequireOwner();
        _resting.Add((request, true));
        AnswerResting();
    }

    private static JobId? ReadId(Request request)
    {
        try
        {
            return request.Payload.Integer("id") is var id && id == -1 ? null : JobId.FromWire(id);
        }
        catch (PayloadException)
        {
            throw new RequestException(Errno.EPROTO, "malformed wait request");
        }
    }

    private static void Answer(Request request, Job job) => request.Respond(writer =>
    {
        writer.WriteNumber("id", job.Id.WireValue);
        writer.WriteBoolean("success", job.Record!.Success);
        writer.WriteString("errstr", ErrorText(job));
    });

    private static string ErrorText(Job job)
    {
        const int ExitShift = 8;
        return job.Record switch
        {
            { Success: true } => "",
            { Exception: { Severity: 0 } exception } => $"Fatal exception type={exception.Type} {exception.Note}",
            { WaitStatus: { } status } when status >> ExitShift > 128 => $"task(s) exited with signal {(status >> ExitShift) - 128}",
            { WaitStatus: { } status } => $"task(s) exited with exit code {status >> ExitShift}",
            _ => "",
        };
    }

    private void WaitForAny(Request request)
    {
        if (_results.Count > 0)
        {
            var first = _results.First();
            _results.Remove(first.Key);
            Answer(request, first.Value);
            return;
        }

        var candidates = _instance.Jobs.Active.Count(job => (job.Flags & Job.Waitable) != 0);
        if (candidates <= _waiting.Count)
        {
            throw new RequestException(Errno.ECHILD, "there are no more waitable jobs");
        }

        _waiting.Add((request, null));
    }

    // Whoever left must not take a result that others wait for.
    private void ForgetThoseWhoLeft()
    {
        _waiting.RemoveAll(waiting => !waiting.Request.Connection.IsOpen);
        _resting.RemoveAll(resting => !resting.Request.Connection.IsOpen);
    }

    private void OnEnded(Job job)
    {
        ForgetThoseWhoLeft();
        if ((job.Flags & Job.Waitable) != 0)
        {
            var index = _waiting.FindIndex(waiting => waiting.Job == job.Id);
            index = index >= 0 ? index : _waiting.FindIndex(waiting => waiting.Job is null);
            if (index >= 0)
            {
                Answer(_waiting[index].Request, job);
                _waiting.RemoveAt(index);
            }
            else
            {
                // Bounded as the jobs themselves are.
                _results[job.Id] = job;
                if (_results.Count > _instance.Host.Options.MaxEndedJobs && _results.Values.FirstOrDefault(ended => ended.IsForgotten) is { } forgotten)
                {
                    _results.Remove(forgotten.Id);
                }
            }
        }

        AnswerResting();
    }

    private void AnswerResting()
    {
        if (_resting.Count == 0)
        {
            return;
        }

        var (active, running) = (_instance.Jobs.ActiveCount, _instance.Jobs.Active.Count(job => job.IsRunning));
        foreach (var resting in _resting.ToArray())
        {
            if (resting.IsIdle && running == 0)
            {
                resting.Request.Respond(writer => writer.WriteNumber("pending", active));
                _resting.Remove(resting);
            }
            else if (!resting.IsIdle && active == 0)
            {
                resting.Request.Respond();
                _resting.Remove(resting);
            }
        }
    }
}
