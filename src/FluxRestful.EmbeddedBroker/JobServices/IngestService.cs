using System.Text;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Signing;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;
using FluxRestful.EmbeddedBroker.Scheduling;
using FluxRestful.EmbeddedBroker.Services;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary><c>job-ingest.submit</c>: refuses what Flux refuses, in its words; answers once the job's first events are in the journal.</summary>
internal sealed class IngestService(Instance instance) : IService
{
    private const int SkipValidation = 8;
    private const int KnownFlags = Job.Debug | Job.Waitable | SkipValidation;
    private const int MaxUrgency = 31;
    private const int MaxGuestUrgency = 16;
    private const int TryAgain = 11;

    public string Name => "job-ingest";

    public bool Handle(Request request, string method)
    {
        switch (method)
        {
            case "submit":
                var id = Submit(request);
                request.Respond(writer => writer.WriteNumber("id", id));
                return true;
            case "getinfo":
                request.Respond(writer => writer.WriteNumber("timestamp", 0));
                return true;
            case "stats-get":
                request.Respond(_ => { });
                return true;
            default:
                return false;
        }
    }

    private long Submit(Request request)
    {
        var (signed, urgency, flags) = Read(request);
        var unwrapped = Unwrap(request, signed);
        var jobspec = Parse(unwrapped.Jobspec, flags);
        CheckQueue(jobspec);
        if (instance.Jobs.ActiveCount >= instance.Host.Options.MaxActiveJobs)
        {
            throw new RequestException(TryAgain, "too many active jobs");
        }

        var job = new Job(instance.Ids.Next(), request.Caller.UserId, flags, jobspec, signed);
        instance.Lifecycle.Submit(job, urgency);
        try
        {
            instance.Dependencies.Add(job);
        }
        catch (RequestException)
        {
            instance.Lifecycle.Invalidate(job);
            throw;
        }

        instance.Lifecycle.Validate(job);
        return job.Id.WireValue;
    }

    private static (string Signed, int Urgency, int Flags) Read(Request request)
    {
        string signed;
        long urgency;
        long flags;
        try
        {
            (signed, urgency, flags) = (request.Payload.String("J"), request.Payload.Integer("urgency"), request.Payload.Integer("flags"));
        }
        catch (PayloadException)
        {
            throw new RequestException(Errno.EPROTO, "error decoding job request: Protocol error");
        }

        if ((flags & ~KnownFlags) != 0)
        {
            throw new RequestException(Errno.EPROTO, "invalid job flags");
        }

        if (urgency is < 0 or > MaxUrgency)
        {
            throw new RequestException(Errno.EINVAL, $"urgency range is [0:{MaxUrgency}]");
        }

        if (!request.Caller.IsOwner && urgency > MaxGuestUrgency)
        {
            throw new RequestException(Errno.EPERM, $"only the instance owner can submit with urgency >{MaxGuestUrgency}");
        }

        return request.Caller.IsOwner || (flags & ~Job.Debug) == 0
            ? (signed, (int)urgency, (int)flags)
            : throw new RequestException(Errno.EPERM, "only the instance owner can submit with these flags");
    }

    private static SignedJobspec Unwrap(Request request, string signed)
    {
        SignedJobspec unwrapped;
        try
        {
            unwrapped = UnsignedJobspec.Parse(signed);
        }
        catch (SignatureException e)
        {
            throw new RequestException(Errno.EINVAL, e.Message);
        }

        if (unwrapped.Mechanism == "none" && !request.Caller.IsOwner)
        {
            throw new RequestException(Errno.EPERM, "only instance owner can use sign-type=none");
        }

        if (unwrapped.Mechanism != "none")
        {
            throw new RequestException(Errno.EINVAL, $"sign-unwrap: header: mechanism={unwrapped.Mechanism} not allowed");
        }

        return unwrapped.UserId == request.Caller.UserId
            ? unwrapped
            : throw new RequestException(Errno.EPERM, $"signer={unwrapped.UserId} != requestor={request.Caller.UserId}");
    }

    private Jobspec Parse(ReadOnlyMemory<byte> json, int flags)
    {
        if (!StrictJson.TryRead(json, out var root))
        {
            var text = Encoding.UTF8.GetString(json.Span).TrimStart();
            throw new RequestException(Errno.EINVAL, text.Length > 0 && text[0] is '{' or '['
                ? "jobspec: invalid JSON: unexpected token"
                : $"jobspec: invalid JSON: '[' or '{{' expected near '{text.Split([' ', '\n'], 2)[0]}'");
        }

        if ((flags & SkipValidation) == 0)
        {
            JobspecValidator.Check(root);
        }

        var jobspec = Jobspec.Of(root);
        return Constraint.UnknownHost(jobspec.Member("constraints"), instance.Node.HostName) is { } host
            ? throw new RequestException(Errno.EPERM, $"host constraint contains invalid hosts: host '{host}' not found")
            : jobspec;
    }

    private void CheckQueue(Jobspec jobspec)
    {
        if (jobspec.Queue is { } queue)
        {
            throw new RequestException(Errno.EINVAL, $"'{queue}' is not a valid queue");
        }

        if (!instance.Queue.IsEnabled)
        {
            throw new RequestException(Errno.EINVAL, $"job submission is disabled: {instance.Queue.DisableReason}");
        }
    }
}
