namespace FluxRestful.Api.Restful.Requests;

/// <summary>What the instance can give and the texts of the refusals, in flux-restful-api's own words where it had any.</summary>
internal static class SubmitLimits
{
    public const int MaxCount = 1_000_000;
    public const int MaxRuntime = 10 * 366 * 24 * 3600;

    public static List<string> Check(SubmitParameters submit, int nodesOfServer, bool hasGpus)
    {
        var errors = new List<string>();
        if (submit.Nodes > nodesOfServer)
        {
            errors.Add($"The server only has {nodesOfServer} nodes, you requested {submit.Nodes}");
        }

        foreach (var option in submit.Options.Where(option => option.Key.StartsWith('-')))
        {
            errors.Add($"Please provide keys without -o, {option.Key} is invalid.");
        }

        if (submit.GpusPerTask is not null && !hasGpus)
        {
            errors.Add("This server does not support gpus: gpus_per_task cannot be set.");
        }

        if (submit.Runtime < 0)
        {
            errors.Add($"Runtime must be >= 0, found {submit.Runtime}");
        }
        else if (submit.Runtime > MaxRuntime)
        {
            errors.Add($"Runtime must be <= {MaxRuntime}, found {submit.Runtime}");
        }

        CheckCount(errors, "num_tasks", submit.Tasks);
        CheckCount(errors, "cores_per_task", submit.CoresPerTask);
        CheckCount(errors, "gpus_per_task", submit.GpusPerTask);
        CheckCount(errors, "num_nodes", submit.Nodes);
        if (submit.Nodes > submit.Tasks)
        {
            errors.Add($"node count must not be greater than task count: num_nodes is {submit.Nodes}, num_tasks {submit.Tasks}");
        }

        return errors;
    }

    private static void CheckCount(List<string> errors, string name, int? count)
    {
        if (count < 1)
        {
            errors.Add($"Parameter {name} must be >= 1");
        }
        else if (count > MaxCount)
        {
            errors.Add($"Parameter {name} must be <= {MaxCount}");
        }
    }
}
