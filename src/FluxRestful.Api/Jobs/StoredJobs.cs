using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using FluxRestful.Api.Broker;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Messages;
using FluxRestful.Core.Signing;

namespace FluxRestful.Api.Jobs;

/// <summary>Reads what the broker has stored about jobs.</summary>
internal sealed class StoredJobs(BrokerConnection broker)
{
    // What a job asked for does not change: who asks again and again how it is need not cost the broker anything.
    private const int MostRemembered = 1_000;
    private const int LargestRemembered = 16 * 1024;

    private readonly ConcurrentDictionary<(string Epoch, JobId Id), JsonElement> _jobspecs = new();

    public async Task<JsonElement> JobspecAsync(JobId id, CancellationToken cancellationToken) =>
        (await new JobInfo(broker.Client).LookupAsync(id, ["jobspec"], JobLookupFlags.Json | JobLookupFlags.Current, cancellationToken))["jobspec"];

    /// <summary>As it was when it was first read.</summary>
    public async ValueTask<JsonElement?> RememberedJobspecAsync(string epoch, JobId id, bool mayAsk, CancellationToken cancellationToken)
    {
        if (_jobspecs.TryGetValue((epoch, id), out var known))
        {
            return known;
        }

        if (!mayAsk)
        {
            return null;
        }

        var jobspec = await JobspecAsync(id, cancellationToken);
        if (Encoding.UTF8.GetByteCount(jobspec.GetRawText()) <= LargestRemembered)
        {
            if (_jobspecs.Count >= MostRemembered)
            {
                _jobspecs.Clear();
            }

            _jobspecs[(epoch, id)] = jobspec.Clone();
        }

        return jobspec;
    }

    /// <summary>Undefined if there are none.</summary>
    public async Task<JsonElement> ResourcesAsync(JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return (await new JobInfo(broker.Client).LookupAsync(id, ["R"], JobLookupFlags.Json | JobLookupFlags.Current, cancellationToken))["R"];
        }
        catch (BrokerException none) when (none.Errnum == Errno.ENOENT)
        {
            return default;
        }
    }

    /// <summary>From the job manager's memory: what is stored lags a little behind it (surprise 12).</summary>
    public async Task<IReadOnlyList<string>> EventlogAsync(JobId id, CancellationToken cancellationToken)
    {
        var values = await new JobManager(broker.Client).GetAttributesAsync(id, ["eventlog"], cancellationToken);
        return values.GetProperty("eventlog") is { ValueKind: JsonValueKind.Array } events
            ? [.. events.EnumerateArray().Select(happened => happened.GetRawText())]
            : values.GetProperty("eventlog").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The event log of the job's shell, a line for each event; empty if it never had one.</summary>
    public async Task<IReadOnlyList<string>> ExecEventlogAsync(JobId id, CancellationToken cancellationToken) =>
        await TryLookupAsync(id, JobInfo.ExecEventlog, cancellationToken) is { } log ? log.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>What the job was given as environment: only in what was submitted (surprise 47). Null if that is not there any more.</summary>
    public async Task<JsonElement?> EnvironmentAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await TryLookupAsync(id, "J", cancellationToken) is not { } signed)
        {
            return null;
        }

        try
        {
            var jobspec = JsonElement.Parse(UnsignedJobspec.Parse(signed).Jobspec.Span);
            return jobspec.TryGetProperty("attributes", out var attributes) && attributes.TryGetProperty("system", out var system)
                && system.TryGetProperty("environment", out var environment) && environment.ValueKind == JsonValueKind.Object ? environment : null;
        }
        catch (Exception strange) when (strange is SignatureException or JsonException)
        {
            return null;
        }
    }

    private async Task<string?> TryLookupAsync(JobId id, string key, CancellationToken cancellationToken)
    {
        try
        {
            return (await new JobInfo(broker.Client).LookupAsync(id, [key], JobLookupFlags.None, cancellationToken))[key].GetString();
        }
        catch (BrokerException none) when (none.Errnum == Errno.ENOENT)
        {
            return null;
        }
    }
}
