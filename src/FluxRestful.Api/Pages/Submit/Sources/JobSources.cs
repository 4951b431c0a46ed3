using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Pages.Jobs.One;
using FluxRestful.Api.Pages.Submit.Variables;
using FluxRestful.Api.Tenants;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Pages.Submit.Sources;

/// <summary>Makes a form of a job that was submitted: one that asks for the same again.</summary>
internal sealed class JobSources(TenantJobs jobs, JobOrders orders, JobEnvironment environment, CurrentTenant tenant, TimeProvider time)
{
    internal async Task<CopiedJob?> ReadAsync(JobId id, CancellationToken cancellationToken)
    {
        // First what Flux alone has: of a job that it has purged this says so.
        if (await jobs.ReadJobspecAsync(id, cancellationToken) is not { } jobspec || await jobs.FindAsync(id, cancellationToken) is not { } job)
        {
            return null;
        }

        var given = await jobs.ReadEnvironmentAsync(id, cancellationToken) is { ValueKind: JsonValueKind.Object } known ? known : (JsonElement?)null;
        var (rows, hidden) = Variables(given, jobspec);
        var form = JobCopy.Of(jobspec);
        var (dependencies, dropped) = await DependenciesAsync(form.Dependencies, cancellationToken);
        form = form with
        {
            Variables = rows,
            Dependencies = string.Join(' ', dependencies),
            Urgency = (tenant.MayAskForUrgency(job.Urgency) ? job.Urgency : Urgencies.Usual).ToString(CultureInfo.InvariantCulture),
        };
        return new CopiedJob(id.ToString(), jobspec, await IsSameAsync(form, jobspec, cancellationToken) ? form : Whole(form, jobspec, rows), hidden, given is not null, dropped);
    }

    /// <summary>Whether the form asks for the same program on the same resources: it cannot say all that a jobspec can.</summary>
    private async Task<bool> IsSameAsync(SubmitForm form, JsonElement jobspec, CancellationToken cancellationToken)
    {
        if (SubmitRequest.Of(form, []) is not { } submit || (await orders.MakeAsync(submit, cancellationToken)).Order is not { } order)
        {
            // What is wrong with it, the form tells.
            return true;
        }

        var before = JsonNode.Parse(jobspec.GetRawText())!;
        return JsonNode.DeepEquals(before["resources"], order.Jobspec["resources"]) && JsonNode.DeepEquals(before["tasks"], order.Jobspec["tasks"]);
    }

    /// <summary>The jobspec as it is, but for whose it was and what is secret.</summary>
    private SubmitForm Whole(SubmitForm form, JsonElement jobspec, IReadOnlyList<EnvironmentRow> rows)
    {
        var whole = JsonNode.Parse(jobspec.GetRawText())!.AsObject();
        var attributes = whole["attributes"]!.AsObject();
        if (attributes["user"] is JsonObject user)
        {
            user.Remove("restful");
            if (user.Count == 0)
            {
                attributes.Remove("user");
            }
        }

        foreach (var secret in (attributes["system"]?["shell"]?["options"]?["env-expand"] as JsonObject)?.Select(variable => variable.Key).Where(SecretNames.Has).ToList() ?? [])
        {
            attributes["system"]!["shell"]!["options"]!["env-expand"]!.AsObject().Remove(secret);
        }

        attributes["system"]!["environment"] = new JsonObject(
            environment.With(rows.Select(row => KeyValuePair.Create(row.Name, row.Value))).Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)));
        return new SubmitForm { Kind = SubmitForm.Jobspec, JobspecText = PrettyJson.Of(JsonElement.Parse(whole.ToJsonString())), Urgency = form.Urgency };
    }

    private (IReadOnlyList<EnvironmentRow> Rows, IReadOnlyList<string> Hidden) Variables(JsonElement? given, JsonElement jobspec)
    {
        var always = environment.With([]);
        var all = EnvironmentRows.Over(
            given is { } known ? [.. known.EnumerateObject().Select(one => new EnvironmentRow(one.Name, one.Value.ToString()))] : [], [.. JobCopy.Templates(jobspec)]);
        return
        (
            [.. all.Where(row => !SecretNames.Has(row.Name) && !(always.TryGetValue(row.Name, out var value) && value == row.Value))],
            [.. all.Select(row => row.Name).Where(SecretNames.Has)]
        );
    }

    private async Task<(IReadOnlyList<string> Kept, IReadOnlyList<string> Dropped)> DependenciesAsync(string line, CancellationToken cancellationToken)
    {
        var (kept, dropped) = (new List<string>(), new List<string>());
        foreach (var dependency in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            (await StillHoldsAsync(dependency, cancellationToken) ? kept : dropped).Add(dependency);
        }

        return (kept, dropped);
    }

    private async Task<bool> StillHoldsAsync(string dependency, CancellationToken cancellationToken)
    {
        var value = dependency[(dependency.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (dependency.StartsWith("begin-time:", StringComparison.Ordinal))
        {
            return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var begin) && begin > time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        }

        return !dependency.StartsWith("after", StringComparison.Ordinal) || (JobId.TryParse(value.Split('?')[0], out var id) && await jobs.FindAsync(id, cancellationToken) is not null);
    }
}
