using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Cluster;
using FluxRestful.Contracts.Jobs.Submitting;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Services;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>
/// Tells from what the instance has and does now what would become of an order. The scheduler alone decides: this judges nodes, cores, GPUs, constraints,
/// queues and what is configured for them, dependencies on jobs, and who waits already.
/// </summary>
internal sealed class JobForecast(BrokerConnection broker, ClusterShape cluster, TenantJobs jobs, TimeProvider time)
{
    /// <param name="policy">What holds in the order's queue; null: it is asked for.</param>
    internal async Task<JobDryRun> TellAsync(JobOrder order, CancellationToken cancellationToken, QueuePolicy? policy = null)
    {
        var jobspec = JsonSerializer.SerializeToElement(order.Jobspec, Ownership.MarkJson.Default.JsonObject);
        if (!JobspecCounts.TryRead(jobspec, out var counts, out var error))
        {
            return new JobDryRun("refused", error, new Dictionary<string, string[]> { ["jobspec.resources"] = [error] }, Jobspec: jobspec);
        }

        var limit = await jobs.ForeseeLimitAsync(order, cancellationToken);
        jobspec = JsonSerializer.SerializeToElement(order.Jobspec, Ownership.MarkJson.Default.JsonObject);
        var system = order.Jobspec["attributes"]!["system"]!.AsObject();
        var asks = new JobAsks(
            counts.Slots * counts.SlotGpus, counts.Exclusive, Duration(system), counts.Nodes > 0 ? counts.Nodes : null, counts.Cores, counts.Tasks);
        if (limit is not null)
        {
            return new JobDryRun("refused", limit.Message, new Dictionary<string, string[]> { ["limits." + limit.Limit.Name] = [limit.Message] }, asks, jobspec);
        }

        policy ??= await cluster.PolicyAsync(order.Queue, cancellationToken);
        if (policy.Refusal(counts, Duration(system)) is { Limit: var name, Message: var message })
        {
            return new JobDryRun("refused", message, new Dictionary<string, string[]> { ["limits." + name] = [message] }, asks, jobspec);
        }

        var (verdict, reason) = await JudgeAsync(order, system, counts, policy, cancellationToken);
        return new JobDryRun(verdict, reason, null, asks, jobspec);
    }

    private async Task<(string Verdict, string? Reason)> JudgeAsync(
        JobOrder order, JsonObject system, JobspecCounts counts, QueuePolicy policy, CancellationToken cancellationToken)
    {
        var queue = policy.Queue;
        var queues = new JobQueues(broker.Client);
        var names = await queues.ListAsync(cancellationToken);
        if (queue is not null && !names.Contains(queue))
        {
            return ("refused", $"There is no queue '{queue}'.");
        }

        // None of several queues is the default one: what becomes of the job, only Flux knows.
        var status = queue is null && names.Count > 0 ? null : await queues.StatusAsync(queue, cancellationToken);
        if (status is { Enable: false })
        {
            return ("refused", $"The queue takes no jobs in: {status.DisableReason}");
        }

        var sched = await new ResourceService(broker.Client).SchedStatusAsync(cancellationToken);
        var (all, error) = Matching(ResourceSet.FromJson(sched.All), policy, system["constraints"]);
        if (error is not null || !ResourceFit.Fits(counts, all, all))
        {
            return ("never", error ?? $"The instance has {Text(all)} for it at most.");
        }

        if (await DependenciesAsync(system, cancellationToken) is { } open)
        {
            return open;
        }

        if (order.Urgency == 0)
        {
            return ("waits", "It is held: its urgency is 0.");
        }

        if (status is { Start: false })
        {
            return ("waits", "The queue is stopped.");
        }

        var free = all.Except(ResourceSet.FromJson(sched.Down)).Except(ResourceSet.FromJson(sched.Allocated));
        if (!ResourceFit.Fits(counts, free, all))
        {
            return ("waits", $"Of what it needs, {Text(free)} are free.");
        }

        var ahead = await jobs.CountWaitingAsync(queue, order.Urgency, cancellationToken);
        return ahead > 0 ? ("waits", $"Jobs that wait for resources before it: {ahead}.") : ("starts", null);
    }

    private static (ResourceSet Fitting, string? Error) Matching(ResourceSet all, QueuePolicy policy, JsonNode? constraints)
    {
        var ranks = policy.Requires.Aggregate(all.Ranks, (rest, property) => rest.Intersect(all.Properties.GetValueOrDefault(property) ?? IdSet.Empty));
        if (policy.Requires.Count > 0 && ranks.LongCount == 0)
        {
            return (ResourceSet.Empty, "The queue has no nodes.");
        }

        if (constraints is not null)
        {
            if (NodeConstraint.Select(all, JsonSerializer.SerializeToElement(constraints.AsObject(), Ownership.MarkJson.Default.JsonObject)) is not { } fitting)
            {
                return (all, "The condition on nodes can not be read.");
            }

            ranks = ranks.Intersect(fitting);
        }

        return ranks.LongCount == 0
            ? (ResourceSet.Empty, "No node meets the condition.")
            : (ranks.LongCount == all.Ranks.LongCount ? all : ResourceSet.Of(all.Nodes.Where(node => ranks.Contains(node.Rank))), null);
    }

    private async Task<(string Verdict, string? Reason)?> DependenciesAsync(JsonObject system, CancellationToken cancellationToken)
    {
        (string, string?)? wait = null;
        foreach (var dependency in system["dependencies"] as JsonArray ?? [])
        {
            var (scheme, value) = ((string)dependency!["scheme"]!, (string)dependency["value"]!);
            switch (await StateAsync(scheme, value, cancellationToken))
            {
                case null:
                    return ("refused", $"What it depends on ended otherwise: {scheme}:{value}.");
                case false:
                    wait = ("waits", $"It depends on {scheme}:{value}.");
                    break;
            }
        }

        return wait;
    }

    /// <summary>Whether a dependency is met; null if it never will be.</summary>
    private async Task<bool?> StateAsync(string scheme, string value, CancellationToken cancellationToken)
    {
        if (scheme == "begin-time")
        {
            return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var begin) && begin <= time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        }

        if (!JobId.TryParse(value.Split('?')[0], out var id) || await jobs.FindAsync(id, cancellationToken) is not { State: JobState.Inactive } ended)
        {
            return false;
        }

        return scheme switch
        {
            "afterok" => ended.Result == JobResult.Completed ? true : null,
            "afternotok" => ended.Result == JobResult.Completed ? null : true,
            "afterany" => true,
            _ => false,
        };
    }

    private static double Duration(JsonObject system) => system["duration"] is JsonValue value && value.TryGetValue(out JsonElement number) && number.ValueKind == JsonValueKind.Number
        ? number.GetDouble()
        : system["duration"] is JsonValue other && other.TryGetValue(out double seconds) ? seconds : 0;

    private static string Text(ResourceSet set) => $"{set.NodeCount} nodes with {set.CoreCount} cores and {set.GpuCount} GPUs";
}
