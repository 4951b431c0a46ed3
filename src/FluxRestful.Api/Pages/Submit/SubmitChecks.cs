using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Pages.Submit.Bounds;
using FluxRestful.Api.Pages.Submit.Sources;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>The API's own judgement of a form, told by the form's fields.</summary>
internal static class SubmitChecks
{
    // Fields whose name in the form is not the member's.
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["coresPerTask"] = "cores",
        ["gpusPerTask"] = "gpus",
        ["duration"] = "timeLimit",
        ["environment"] = "variables",
        ["constraints"] = "requires",
        ["attributes"] = "tags",
    };

    private static readonly HashSet<string> Known =
        ["command", "script", "name", "tasks", "nodes", "cores", "gpus", "exclusive", "timeLimit", "queue", "cwd", "urgency", "dependencies", "environment",
         "stdin", "stdout", "stderr", "requires", "jobspec", "shellOptions", "copies", "variables", "tags", "arguments"];

    internal static async Task<(JobOrder? Order, Dictionary<string, string> Errors)> OrderAsync(SubmitForm form, JobOrders orders, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (SubmitRequest.Of(form, errors) is not { } submit)
        {
            return (null, errors);
        }

        var made = await orders.MakeAsync(submit, cancellationToken);
        foreach (var (member, messages) in made.Errors?.ByMember ?? new Dictionary<string, string[]>())
        {
            var first = member.Split('.', '[')[0];
            var field = Fields.GetValueOrDefault(first, first);
            var text = string.Join(' ', messages);
            errors[Known.Contains(field) ? field : ""] = Known.Contains(field) ? text : $"{member}: {text}";
        }

        return (made.Order, errors);
    }

    internal static async Task<SubmitCheckView> RunAsync(SubmitForm form, JobOrders orders, JobForecast forecast, SubmitBoundsReader bounds, string origin, CancellationToken cancellationToken)
    {
        var (order, errors) = await OrderAsync(form, orders, cancellationToken);
        var ignored = new Dictionary<string, string>();
        var submit = SubmitRequest.Of(form, ignored);
        var words = form.IsScript || form.IsJobspec ? [] : SubmitRequest.Words(form.CommandLine, ignored) ?? [];
        var limit = SubmitRequest.Duration(form.TimeLimit, ignored);
        // A script may name its queue itself.
        var policy = await bounds.PolicyAsync(order?.Queue ?? form.Queue, cancellationToken);
        Contracts.Jobs.Submitting.JobDryRun? told = null;
        if (order is not null)
        {
            try
            {
                told = await forecast.TellAsync(order, cancellationToken, policy);
            }
            catch (Exception failure) when (BrokerProblem.Of(failure) is { } problem && failure is not OperationCanceledException)
            {
                told = new("unknown", problem.Detail);
            }
        }

        return new SubmitCheckView(errors, words, told, submit is null ? [] : CopyAs.All(submit, origin, form.Copies), limit, form.IsScript ? ScriptSays.Of(form.ScriptText) : [])
        {
            Bounds = await bounds.ReadAsync(policy, cancellationToken),
        };
    }
}
