using FluxRestful.EmbeddedBroker.Requests;
using FluxRestful.EmbeddedBroker.Services;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary><c>job-manager</c>: which method is answered where.</summary>
internal sealed class JobManagerService : IService
{
    private readonly Dictionary<string, Action<Request>> _methods;

    public JobManagerService(Instance instance, JobCommands commands, JobUpdates updates)
    {
        var queue = new QueueCommands(instance);
        var queries = new JobQueries(instance);
        var waits = new JobWaits(instance);
        _methods = new()
        {
            ["raise"] = commands.Raise,
            ["raiseall"] = commands.RaiseAll,
            ["kill"] = commands.Kill,
            ["killall"] = commands.KillAll,
            ["urgency"] = commands.Urgency,
            ["memo"] = commands.Memo,
            ["update"] = updates.Update,
            ["wait"] = waits.Wait,
            ["drain"] = waits.Drain,
            ["idle"] = waits.Idle,
            ["queue-list"] = QueueCommands.List,
            ["queue-status"] = queue.Status,
            ["queue-enable"] = queue.Enable,
            ["queue-start"] = queue.Start,
            ["list"] = queries.List,
            ["getattr"] = queries.GetAttributes,
            ["getinfo"] = queries.GetInfo,
            ["alloc-query"] = queries.QueryAllocations,
            ["stats-get"] = queries.Stats,
            ["resource-status"] = queries.ResourceStatus,
            ["purge"] = queries.Purge,
            ["purge-id"] = queries.PurgeOne,
            ["events-journal"] = request =>
            {
                request.RequireStreaming("job-manager.events requires streaming RPC flag");
                request.RequireOwner();
                instance.Journal.Open(request);
            },
            ["events-journal-cancel"] = request => request.Connection.Streams.Cancel("job-manager.events-journal", (uint)request.Payload.Integer("matchtag")),
        };
    }

    public string Name => "job-manager";

    public bool Handle(Request request, string method)
    {
        if (!_methods.TryGetValue(method, out var answer))
        {
            return false;
        }

        answer(request);
        return true;
    }
}
