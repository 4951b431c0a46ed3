using System.Text.Json.Nodes;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using FluxRestful.Contracts.Jobs;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Jobs.Scripts;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>Makes of a request what can be submitted, or says by member what is wrong with it.</summary>
internal sealed class JobOrders(CurrentTenant tenant, OrderRequests requests, OrderDependencies dependencies, JobEnvironment environment)
{
    /// <summary>
    /// Tenants are to this server what guests are to Flux, which lets nobody but the instance's owner go above the usual urgency; whoever may control
    /// everybody's jobs may here.
    /// </summary>
    private int HighestUrgency => tenant.May(Permission.JobsWriteAll) ? JobOrder.HighestUrgency : JobOrder.UsualUrgency;

    internal async Task<MadeOrder> MakeAsync(JobSubmit submit, CancellationToken cancellationToken)
    {
        var errors = new OrderErrors();
        OrderChecks.Check(submit, errors);
        if (errors.Any)
        {
            return new(errors);
        }

        try
        {
            var script = submit.Script is { } text ? ScriptDefaults.Read(new JobScript(text) { Nested = submit.Nested == true }) : null;
            var urgency = submit.Urgency ?? script?.Urgency ?? JobOrder.UsualUrgency;
            if (urgency > HighestUrgency)
            {
                errors.Add(submit.Urgency is null ? "script" : "urgency", $"An urgency of more than {HighestUrgency} is for operators and superusers.");
            }

            var jobspec = submit.Jobspec is { } given
                ? await CompleteAsync(JobspecCheck.Read(given), errors, cancellationToken)
                : JobspecBuilder.Build(await RequestAsync(submit, script?.Request, errors, cancellationToken));
            return errors.Any ? new(errors) : new(new JobOrder(jobspec, urgency));
        }
        catch (JobRequestException wrong)
        {
            errors.Add(wrong, isScript: submit.Script is not null);
            return new(errors);
        }
    }

    private async Task<JobRequest> RequestAsync(JobSubmit submit, JobRequest? script, OrderErrors errors, CancellationToken cancellationToken) =>
        requests.Make(submit, script, errors) with
        {
            Dependencies = submit.Dependencies is { } asked
                ? await dependencies.ReadAsync(asked, "dependencies", errors, cancellationToken)
                : await dependencies.ReadAsync(script?.Dependencies ?? [], "script", errors, cancellationToken),
        };

    /// <summary>A jobspec says all by itself; what it must not leave out, for nobody's sake, is added.</summary>
    private async Task<JsonObject> CompleteAsync(JsonObject jobspec, OrderErrors errors, CancellationToken cancellationToken)
    {
        var system = jobspec["attributes"]!["system"]!.AsObject();
        if (system.ContainsKey("alloc-bypass"))
        {
            errors.Add("jobspec.attributes.system.alloc-bypass", "Resources are given by the scheduler.");
        }

        system["environment"] ??= new JsonObject(environment.With([]).Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)));
        system["cwd"] ??= environment.Home;
        await dependencies.CheckAsync(system["dependencies"] as JsonArray ?? [], "jobspec.attributes.system.dependencies", errors, cancellationToken);
        return jobspec;
    }
}
