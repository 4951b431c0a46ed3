using System.Globalization;
using FluxRestful.Api.Pages.Words;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Jobs.Scripts;

namespace FluxRestful.Api.Pages.Submit.Sources;

/// <summary>What a script's own directives ask for, to be read beside it.</summary>
internal static class ScriptSays
{
    internal static IReadOnlyList<(string Word, string Value)> Of(string script)
    {
        try
        {
            var (request, urgency) = ScriptDefaults.Read(new JobScript(script));
            return
            [
                .. Said(request, urgency).Where(each => each.Value is { Length: > 0 }).Select(each => (each.Word, each.Value!)),
                .. request.ShellOptions.Select(option => ("Shell option", $"{option.Key}={option.Value}")),
            ];
        }
        catch (JobRequestException)
        {
            // What is wrong with it is told at its field.
            return [];
        }
    }

    private static (string Word, string? Value)[] Said(JobRequest request, int? urgency) =>
    [
        ("Name", request.Name), ("Tasks", Text(request.Tasks)), ("Nodes", Text(request.Nodes)), ("Tasks per node", Text(request.TasksPerNode)), ("Cores", Text(request.Cores)),
        ("Cores per task", Text(request.CoresPerTask)), ("GPUs per task", Text(request.GpusPerTask)), ("GPUs per node", Text(request.GpusPerNode)),
        ("Whole nodes", request.Exclusive ? "yes" : null), ("Time limit", request.Duration is > 0 and var limit ? Durations.Of(limit) : null), ("Queue", request.Queue),
        ("Directory", request.WorkingDirectory), ("Urgency", Text(urgency)), ("Output", request.Output), ("Error", request.Error), ("Input", request.Input),
        ("Condition", request.Requires), ("After", string.Join(' ', request.Dependencies)),
    ];

    private static string? Text(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}
