using System.Text.Json.Nodes;
using static FluxRestful.Core.Jobs.Requests.JobRequestCheck;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>The resources and the task count of a jobspec (RFC 25), by the rules of flux-submit(1).</summary>
/// <param name="Resources">The vertices.</param>
/// <param name="TaskCount">per_slot or total.</param>
/// <param name="PerResource">The shell option for tasks counted by node or core.</param>
internal sealed record JobspecResources(JsonArray Resources, JsonObject TaskCount, JsonObject? PerResource)
{
    internal static JobspecResources Build(JobRequest request)
    {
        AtLeastOne(nameof(request.Tasks), request.Tasks);
        AtLeastOne(nameof(request.Nodes), request.Nodes);
        AtLeastOne(nameof(request.CoresPerTask), request.CoresPerTask);
        AtLeastOne(nameof(request.Cores), request.Cores);
        AtLeastOne(nameof(request.TasksPerNode), request.TasksPerNode);
        AtLeastOne(nameof(request.TasksPerCore), request.TasksPerCore);
        if (request.GpusPerTask < 0)
        {
            throw Wrong(nameof(request.GpusPerTask), "This must be 0 or more.");
        }

        if (request.GpusPerNode < 0)
        {
            throw Wrong(nameof(request.GpusPerNode), "This must be 0 or more.");
        }

        return request is { TasksPerNode: null, TasksPerCore: null, GpusPerNode: null, Cores: null } ? ByTask(request) : ByResource(request);
    }

    private static JobspecResources ByTask(JobRequest request)
    {
        var exclusive = request.Exclusive || (request.Tasks is null && request.Nodes is not null);
        var tasks = request.Tasks ?? request.Nodes ?? 1;
        var (cores, gpus) = (request.CoresPerTask ?? 1, request.GpusPerTask ?? 0);
        if (request.Nodes is not { } nodes)
        {
            return exclusive
                ? throw Wrong(nameof(request.Exclusive), "Exclusive nodes need a number of nodes.")
                : new([Slot(tasks, cores, gpus)], PerSlot(), null);
        }

        if (nodes > tasks)
        {
            throw Wrong(nameof(request.Nodes), "There must not be more nodes than tasks.");
        }

        // An uneven distribution leaves slots without a task.
        var slot = Slot((int)(((long)tasks + nodes - 1) / nodes), cores, gpus);
        return new([Node(nodes, slot, exclusive)], tasks % nodes == 0 ? PerSlot() : new JsonObject { ["total"] = tasks }, null);
    }

    private static JobspecResources ByResource(JobRequest request)
    {
        if (request.Tasks is not null || request.CoresPerTask is not null || request.GpusPerTask is > 0)
        {
            throw Wrong(
                request.Tasks is not null ? nameof(request.Tasks) : request.CoresPerTask is not null ? nameof(request.CoresPerTask) : nameof(request.GpusPerTask),
                "Counting by task can not be combined with counting by core or node.");
        }

        var exclusive = request.Exclusive || (request.Nodes is not null && request.Cores is null);
        var gpus = request.GpusPerNode ?? 0;
        switch (request.Nodes, request.Cores)
        {
            case (null, _) when gpus > 0:
                throw Wrong(nameof(request.GpusPerNode), "GPUs per node need a number of nodes.");
            case (null, _) when exclusive:
                throw Wrong(nameof(request.Exclusive), "Exclusive nodes need a number of nodes.");
            case ({ } nodes, { } cores):
                return cores % nodes == 0
                    ? new([Node(nodes, Slot(1, cores / nodes, gpus), exclusive)], PerSlot(), TasksPer(request))
                    : throw Wrong(nameof(request.Cores), "The cores must divide evenly among the nodes.");
            case (null, { } cores):
                return new([Slot(cores, 1, 0)], PerSlot(), TasksPer(request));
            case ({ } nodes, null):
                return new([Node(nodes, Slot(1, 1, gpus), exclusive)], PerSlot(), TasksPer(request));
            default:
                throw Wrong(
                    request.TasksPerNode is not null ? nameof(request.TasksPerNode) : nameof(request.TasksPerCore),
                    "Tasks by node or core need a number of nodes or cores.");
        }
    }

    private static JsonObject? TasksPer(JobRequest request) => (request.TasksPerNode, request.TasksPerCore) switch
    {
        ({ }, { }) => throw Wrong(nameof(request.TasksPerCore), "Tasks are counted either by node or by core."),
        ({ } count, _) => new() { ["type"] = "node", ["count"] = count },
        (_, { } count) => new() { ["type"] = "core", ["count"] = count },
        _ => null,
    };

    private static JsonObject PerSlot() => new() { ["per_slot"] = 1 };

    private static JsonObject Node(int count, JsonObject slot, bool exclusive)
    {
        var node = new JsonObject { ["type"] = "node", ["count"] = count };
        if (exclusive)
        {
            node["exclusive"] = true;
        }

        node["with"] = new JsonArray(slot);
        return node;
    }

    private static JsonObject Slot(int count, int cores, int gpus)
    {
        var children = new JsonArray(new JsonObject { ["type"] = "core", ["count"] = cores });
        if (gpus > 0)
        {
            children.Add((JsonNode)new JsonObject { ["type"] = "gpu", ["count"] = gpus });
        }

        return new() { ["type"] = "slot", ["count"] = count, ["with"] = children, ["label"] = "task" };
    }
}
