using FluxRestful.Api.Access;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Pages.Submit.Bounds;
using FluxRestful.Api.Pages.Submit.Sources;
using FluxRestful.Api.Pages.Words;
using FluxRestful.Api.Presets;
using FluxRestful.Api.Tenants;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>What stands around the form: how big the instance is, what there is to begin with, what one could wait for.</summary>
internal sealed class SubmitPageReader(ClusterShape cluster, SubmitBoundsReader bounds, TenantJobs jobs, SubmitPresets presets, CurrentTenant tenant)
{
    private const int MostWaiting = 30;

    internal async Task<IResult> PageAsync(
        int status, SubmitForm form, Dictionary<string, string> errors, CancellationToken cancellationToken, CopiedJob? from = null, SubmitCheckView? check = null,
        string? preset = null, string? saved = null)
    {
        var queues = await QueuesAsync(cancellationToken);
        var most = check?.Bounds ?? await bounds.ReadAsync(form.Queue, cancellationToken);
        var choices = new SubmitChoices(presets.Site, await presets.ListAsync(cancellationToken), preset, await WaitingAsync(cancellationToken), queues);
        return Page.Of<SubmitPage>(
            status,
            (nameof(SubmitPage.View), new SubmitView(form, errors, most, from, check, choices)),
            (nameof(SubmitPage.Saved), saved));
    }

    private async Task<IReadOnlyList<string>> QueuesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.ListQueuesAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is BrokerException or BrokerDisconnectedException or TimeoutException)
        {
            // The form can be filled in meanwhile.
            return [];
        }
    }

    private async Task<IReadOnlyList<(string Id, string Name)>> WaitingAsync(CancellationToken cancellationToken)
    {
        if (!tenant.May(Permission.JobsRead))
        {
            return [];
        }

        try
        {
            var page = await jobs.ListAsync(
                new JobListQuery { Filter = new JobFilter { States = JobState.Active | JobState.New, Mine = true }, Limit = MostWaiting }, cancellationToken);
            return [.. page.Jobs.Select(entry => (entry.Record.Id.ToString(), $"{Visible.Of(entry.Record.Name ?? "")} ({entry.Record.Status.ToLowerInvariant()})"))];
        }
        catch (BrokerDisconnectedException)
        {
            return [];
        }
    }
}
