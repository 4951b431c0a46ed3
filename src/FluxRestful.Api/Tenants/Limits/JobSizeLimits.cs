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
        if (!JobspecCounts.TryRead(JsonSerializer.SerializeToElement(jobspec, JobspecJson.Default.JsonObject), out var counts, out var problem))
        {
            throw new QuotaExceededException(
                ProblemType.OverLimit, new LimitUse("cores", limits.Cores ?? limits.Nodes ?? 0, 0), $"It cannot be told how much this job asks for: {problem}");
        }

        if (limits.Nodes is { } nodes && counts.Nodes > nodes)
        {
            throw TooBig("nodes", nodes, counts.Nodes, Count(counts.Nodes, "node"), Count(nodes, "node"));
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

    private static double? DurationOf(JsonObject system) =>
        system["duration"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? JsonSerializer.SerializeToElement(value, JobspecJson.Default.JsonValue).GetDouble() : null;

    private static QuotaExceededException TooBig(string name, double limit, double asked, string askedInWords, string limitInWords) =>
        new(ProblemType.OverLimit, new LimitUse(name, limit, asked), $"The job asks for {askedInWords}; this account may use {limitInWords} in one job.");

    private static string Count(double count, string of) => string.Create(CultureInfo.InvariantCulture, $"{count} {of}{(count == 1 ? "" : "s")}");
}
