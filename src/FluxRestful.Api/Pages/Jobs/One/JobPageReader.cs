using System.Text.Json;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Api.Pages.Submit;
using FluxRestful.Api.Pages.Submit.Sources;
using FluxRestful.Api.Pages.Submit.Variables;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Api.Pages.Jobs.One;

/// <summary>Reads what the tabs of a job's page show beside what the index knows. What Flux does not tell is left out.</summary>
internal static class JobPageReader
{
    internal static async Task<JobPageView?> ReadAsync(TenantJobs jobs, JobId id, string? tab, TimeProvider time, CancellationToken cancellationToken) =>
        await jobs.FindEntryAsync(id, cancellationToken) is { } entry
            ? new JobPageView(
                entry.Record, entry.OwnerName, tab is "details" or "events" or "spec" ? tab : "output", time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, jobs.Age)
            {
                IsPurged = entry.IsPurged,
            }
            : null;

    /// <param name="origin">Where the server is, for what is copied.</param>
    internal static async Task<JobPageView> ReadTabAsync(JobPageView view, TenantJobs jobs, JobSources sources, string origin, CancellationToken cancellationToken)
    {
        var id = view.Job.Id;
        if (view.IsPurged)
        {
            return view.Tab == "details" ? view with { Dependents = await jobs.ListDependentsAsync(id, cancellationToken) } : view;
        }

        try
        {
            return view.Tab switch
            {
                "events" => view with
                {
                    Events = Parse(await jobs.ReadEventlogAsync(id, cancellationToken)),
                    ExecEvents = Parse(await jobs.ReadExecEventlogAsync(id, cancellationToken)),
                },
                "details" => view with
                {
                    Jobspec = await jobs.ReadJobspecAsync(id, cancellationToken),
                    Environment = Environment(await jobs.ReadEnvironmentAsync(id, cancellationToken)),
                    Dependents = await jobs.ListDependentsAsync(id, cancellationToken),
                },
                "spec" => await ReadSpecAsync(view, jobs, sources, origin, cancellationToken),
                _ => view,
            };
        }
        catch (Exception failure) when (failure is BrokerException or BrokerDisconnectedException or JobPurgedException or TimeoutException)
        {
            return view;
        }
    }

    private static async Task<JobPageView> ReadSpecAsync(JobPageView view, TenantJobs jobs, JobSources sources, string origin, CancellationToken cancellationToken)
    {
        var resources = await jobs.ReadResourcesAsync(view.Job.Id, cancellationToken);
        var copied = await sources.ReadAsync(view.Job.Id, cancellationToken);
        var submit = copied is null ? null : SubmitRequest.Of(copied.Form, []);
        return view with
        {
            Jobspec = copied?.Jobspec,
            Resources = resources is { ValueKind: JsonValueKind.Object } ? resources : null,
            Hidden = copied?.Hidden ?? [],
            Copies = submit is null ? [] : CopyAs.All(submit, origin),
        };
    }

    private static List<JobEvent> Parse(IReadOnlyList<string>? lines)
    {
        var events = new List<JobEvent>();
        foreach (var line in lines ?? [])
        {
            try
            {
                events.Add(JobEvent.Parse(line));
            }
            catch (FormatException)
            {
                // What is no event is none to show.
            }
        }

        return events;
    }

    private static List<(string Name, string? Value)>? Environment(JsonElement? environment) => environment is { ValueKind: JsonValueKind.Object } given
        ? [.. given.EnumerateObject().OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => (one.Name, SecretNames.Has(one.Name) ? null : one.Value.ToString()))]
        : null;
}
