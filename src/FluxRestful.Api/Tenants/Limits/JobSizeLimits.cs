using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Storage;
using FluxRestful.Contracts;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Tenants.Limits;

/// <summary>What one job may ask for. It is read from the jobspec, so that it is the same however the job was described.</summary>
internal sealed class JobSizeLimits(ClusterShape cluster)
{
    /// <summary>Refuses a job that is too big; gives one without a time limit the account's.</summary>
    /// <exception cref="QuotaExceededException">It is too big.</exception>
    internal async ValueTask ApplyAsync(TenantLimits limits, JsonObject jobspec, CancellationToken cancellationToken)
    {
        if (limits.Nodes is not null || limits.Cores is not null)
        {
            await CheckCountsAsync(limits, jobspec, cancellationToken);
        }

        if (limits.Duration is { } duration && jobspec["attributes"]?["system"] is JsonObject system)
        {
            if (DurationOf(system) is > 0 and var asked)
            {
                CheckDuration(limits, asked);
            }
            else
            {
                // Zero is without end to Flux, and is what a job that says nothing has.
                system["duration"] = (double)duration;
            }
        }
    }

    /// <summary>For a job that is there already and wants more time. Zero is without end.</summary>
    internal static void CheckDuration(TenantLimits limits, double seconds)
    {
        if (limits.Duration is { } most && (seconds > most || seconds <= 0))
        {
            throw TooBig("duration", most, seconds, seconds <= 0 ? "no time limit" : Count(seconds, "second"), Count(most, "second"));
        }
    }

    private async ValueTask CheckCountsAsync(TenantLimits limits, JsonObject jobspec, CancellationToken cancellationToken)
    {
        var problem = "its resources are not nodes of one slot of cores and GPUs";
        if (!ResourceShape.CanBeCounted(jobspec)
            || !JobspecCounts.TryRead(JsonSerializer.SerializeToElement(jobspec, JobspecJson.Default.JsonObject), out var counts, out problem))
        {
            throw new QuotaExceededException(
                ProblemType.OverLimit, new LimitUse("cores", limits.Cores ?? limits.Nodes ?? 0, 0), $"It cannot be told how much this job asks for: {problem}");
        }

        if (limits.Nodes is { } nodes)
        {
            await CheckNodesAsync(nodes, counts, cancellationToken);
        }

        if (limits.Cores is { } most)
        {
            // Whole nodes bring all their cores, however few are named.
            var cores = counts.Cores ?? (double)counts.Nodes * (await cluster.GetAsync(cancellationToken)).CoresOfNode;
            if (cores > most)
            {
                throw TooBig("cores", most, cores, Count(cores, "core"), Count(most, "core"));
            }
        }
    }

    // How many nodes a job gets that names none is the scheduler's choice, and too late to refuse: it counts as many as it may get, one for each slot.
    private async ValueTask CheckNodesAsync(int most, JobspecCounts counts, CancellationToken cancellationToken)
    {
        if (counts.Nodes > most)
        {
            throw TooBig("nodes", most, counts.Nodes, Count(counts.Nodes, "node"), Count(most, "node"));
        }

        if (counts.Nodes == 0 && counts.Slots > most && Math.Min(counts.Slots, (await cluster.GetAsync(cancellationToken)).AllNodes) is var spread && spread > most)
        {
            throw new QuotaExceededException(
                ProblemType.OverLimit,
                new LimitUse("nodes", most, spread),
                $"The job names no nodes and may be given {Count(spread, "node")}; this account may use {Count(most, "node")} in one job. Say how many nodes.");
        }
    }

    private static double? DurationOf(JsonObject system) =>
        system["duration"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? JsonSerializer.SerializeToElement(value, JobspecJson.Default.JsonValue).GetDouble() : null;

    private static QuotaExceededException TooBig(string name, double limit, double asked, string askedInWords, string limitInWords) =>
        new(ProblemType.OverLimit, new LimitUse(name, limit, asked), $"The job asks for {askedInWords}; this account may use {limitInWords} in one job.");

    private static string Count(double count, string of) => string.Create(CultureInfo.InvariantCulture, $"{count} {of}{(count == 1 ? "" : "s")}");
}
