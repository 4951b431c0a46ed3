using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Requests;
using Microsoft.Extensions.Logging;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary><c>shutdown.start</c>: stops the queue, cancels what runs, then tells the host that it is over.</summary>
internal sealed class ShutdownService(Instance instance, InstanceServices info, Action over, ILogger logger) : IService
{
    private readonly List<Request> _told = [];
    private bool _isOver;

    public string Name => "shutdown";

    public bool Handle(Request request, string method)
    {
        if (method != "start")
        {
            return false;
        }

        request.RequireOwner();
        _ = request.Payload.OptionalInteger("loglevel");
        if (request.IsStreaming)
        {
            _told.Add(request);
            Say(request, "broker.info[0]: shutdown: run->cleanup\n");
        }
        else
        {
            request.Respond();
        }

        Begin(request);
        return true;
    }

    private static void Say(Request request, string line) => request.Respond(writer => writer.WriteString("log", line));

    private void Begin(Request request)
    {
        if (info.State != "run")
        {
            return;
        }

        logger.ShutdownRequested(request.Caller.UserId);
        info.State = "cleanup";
        (instance.Queue.IsEnabled, instance.Queue.IsStarted) = (false, false);
        (instance.Queue.DisableReason, instance.Queue.StopReason) = ("shutdown", "shutdown");
        instance.Lifecycle.Ended += _ => instance.Host.Loop.Soon(EndIfIdle);
        foreach (var job in instance.Jobs.Active.Where(job => job.State == JobState.Run).ToArray())
        {
            instance.Lifecycle.Raise(job, "cancel", 0, "", request.Caller.UserId);
        }

        instance.Host.Loop.Soon(EndIfIdle);
    }

    private void EndIfIdle()
    {
        if (_isOver || instance.Jobs.Active.Any(job => job.IsRunning))
        {
            return;
        }

        _isOver = true;
        info.State = "goodbye";
        foreach (var request in _told)
        {
            Say(request, "broker.info[0]: cleanup-success: cleanup->goodbye\n");
            request.Fail(Errno.ENODATA);
        }

        over();
    }
}
