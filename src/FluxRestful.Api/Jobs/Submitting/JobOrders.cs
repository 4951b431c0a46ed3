using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Tenants;
using FluxRestful.Contracts.Jobs.Submitting;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Jobs.Scripts;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>Makes of a request what can be submitted, or says by member what is wrong with it.</summary>
internal sealed class JobOrders(CurrentTenant tenant, OrderRequests requests, OrderDependencies dependencies, JobEnvironment environment)
{
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
            var urgency = submit.Urgency ?? script?.Urgency ?? Urgencies.Usual;
            if (!tenant.MayAskForUrgency(urgency))
            {
                errors.Add(submit.Urgency is null ? "script" : "urgency", Urgencies.TooHigh);
            }

            var jobspec = submit.Jobspec is { } given ? Complete(JobspecCheck.Read(given)) : Build(submit, script?.Request, errors);
            if (!errors.Any)
            {
                await CheckAsync(jobspec, DependenciesOf(submit, script?.Request), errors, cancellationToken);
            }

            return errors.Any ? new(errors) : new(new JobOrder(jobspec, urgency));
        }
        catch (JobRequestException wrong)
        {
            errors.Add(wrong, isScript: submit.Script is not null);
            return new(errors);
        }
    }

    private JsonObject Build(JobSubmit submit, JobRequest? script, OrderErrors errors)
    {
        var request = requests.Make(submit, script, errors);
        request = request with { Dependencies = dependencies.Read(request.Dependencies) };
        var jobspec = JobspecBuilder.Build(request);
        if (request.Attributes.Count > 0)
        {
            // An attribute may put anything anywhere.
            try
            {
                JobspecCheck.Read(JsonSerializer.SerializeToElement(jobspec, MarkJson.Default.JsonObject));
            }
            catch (JobRequestException wrong)
            {
                errors.Add("attributes", $"{wrong.Field.Replace("Jobspec.", "", StringComparison.Ordinal)}: {wrong.Message}");
            }
        }

        return jobspec;
    }

    /// <summary>A jobspec says all by itself; what it must not leave out, for nobody's sake, is added.</summary>
    private JsonObject Complete(JsonObject jobspec)
    {
        var system = jobspec["attributes"]!["system"]!.AsObject();
        system["environment"] ??= new JsonObject(environment.With([]).Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)));
        system["cwd"] ??= environment.Home;
        return jobspec;
    }

    /// <summary>What no request may have, whichever way it came into the jobspec.</summary>
    private async Task CheckAsync(JsonObject jobspec, string dependenciesMember, OrderErrors errors, CancellationToken cancellationToken)
    {
        var system = jobspec["attributes"]!["system"]!.AsObject();
        if (system.ContainsKey("alloc-bypass"))
        {
            errors.Add("attributes", "system.alloc-bypass: Resources are given by the scheduler.");
        }

        await dependencies.CheckAsync(system["dependencies"] as JsonArray ?? [], dependenciesMember, errors, cancellationToken);
    }

    private static string DependenciesOf(JobSubmit submit, JobRequest? script) => submit switch
    {
        { Jobspec: not null } => "jobspec.attributes.system.dependencies",
        { Dependencies: null } when script is { Dependencies.Count: > 0 } => "script",
        _ => "dependencies",
    };
}
