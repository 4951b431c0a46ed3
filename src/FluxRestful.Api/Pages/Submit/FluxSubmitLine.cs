using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Pages.Submit.Sources;
using FluxRestful.Contracts.Jobs.Submitting;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Jobs.Scripts;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>
/// The job as a line for flux-submit(1), which makes the same jobspec. A script too: flux-batch(1) would run it in an instance of its own, once. What its directives
/// say stands in the line, for flux-submit(1) does not read them.
/// </summary>
internal static class FluxSubmitLine
{
    /// <summary>Null if the script's directives cannot be read, or for a jobspec.</summary>
    /// <param name="copies">As it was typed.</param>
    internal static string? Of(JobSubmit submit, string copies)
    {
        if (submit.Jobspec is not null)
        {
            return null;
        }

        try
        {
            var script = submit.Script is { } text ? ScriptDefaults.Read(new JobScript(text)) : null;
            var line = Line(OrderRequests.Asked(submit, script?.Request, new OrderErrors()), submit.Urgency ?? script?.Urgency);
            return Copies(line, int.TryParse(copies, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1);
        }
        catch (JobRequestException)
        {
            // What is wrong with it is told at its field.
            return null;
        }
    }

    private static string Line(JobRequest job, int? urgency)
    {
        var line = new StringBuilder();
        Add("-N", Text(job.Nodes));
        Add("-n", Text(job.Tasks));
        Add("-c", Text(job.CoresPerTask));
        Add("-g", Text(job.GpusPerTask));
        Add("--cores", Text(job.Cores));
        Add("--tasks-per-node", Text(job.TasksPerNode));
        Add("--tasks-per-core", Text(job.TasksPerCore));
        Add("--gpus-per-node", Text(job.GpusPerNode));
        line.Append(job.Exclusive ? " -x" : "");
        Add("-t", job.Duration is > 0 and var seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s") : null);
        Add("--job-name", job.Name);
        Add("-q", job.Queue);
        Add("-B", job.Bank);
        Add("--cwd", job.WorkingDirectory);
        Add("--urgency", Text(urgency));
        foreach (var dependency in job.Dependencies)
        {
            // Flux reckons from now on for an option of its own only.
            var wait = dependency.StartsWith(OrderDependencies.BeginTimeScheme + "+", StringComparison.OrdinalIgnoreCase);
            Add(wait ? "--begin-time" : "--dependency", wait ? dependency[OrderDependencies.BeginTimeScheme.Length..] : OrderDependencies.Settled(dependency));
        }

        foreach (var (name, value) in job.Environment)
        {
            // Flux puts variables into what follows a dollar.
            Add("--env", $"{name}={value.Replace("$", "$$", StringComparison.Ordinal)}");
        }

        foreach (var (name, value) in job.ShellOptions)
        {
            Add("-o", $"{name}={JobCopy.Word(value)}");
        }

        foreach (var (name, value) in job.Attributes)
        {
            Add("--setattr", $"{name}={value.GetRawText()}");
        }

        Add("--requires", job.Requires);
        Add("--input", job.Input);
        Add("--output", job.Output);
        Add("--error", job.Error);
        line.Append(job.LabelOutput ? " -l" : "").Append(job.Unbuffered ? " -u" : "");
        Add("--taskmap", job.TaskMap);
        Add("--signal", job.Signal);
        if (job.Script is { } script)
        {
            // Not --add-file: that takes a \n in the script for the end of a line.
            var file = new JsonObject { ["mode"] = JobspecFiles.ScriptMode, ["data"] = script.Text, ["encoding"] = "utf-8" };
            Add("--setattr", $"system.files.{JobspecFiles.ScriptName}={file.ToJsonString(CopyAs.Readable)}");
        }

        IEnumerable<string> words = job.Script is null ? job.Command : [JobspecFiles.ScriptPath, .. job.Command];
        line.Append(words.First().StartsWith('-') ? " --" : "");
        foreach (var word in words)
        {
            line.Append(' ').Append(CopyAs.Quoted(word));
        }

        return line.ToString();

        void Add(string option, string? value)
        {
            if (value is not null)
            {
                line.Append(' ').Append(option).Append(option.StartsWith("--", StringComparison.Ordinal) ? '=' : ' ').Append(CopyAs.Quoted(value));
            }
        }
    }

    // With --cc Flux takes what stands in braces for a name of its own, and nothing makes it leave one.
    private static string Copies(string line, int count) =>
        count <= 1 ? "flux submit" + line
        : line.AsSpan().IndexOfAny('{', '}') < 0 && !line.Contains("::list::", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"flux submit --cc=0-{count - 1}{line}")
            : string.Create(CultureInfo.InvariantCulture, $"for i in $(seq 0 {count - 1}); do flux submit --env=FLUX_JOB_CC=$i{line}; done");

    private static string? Text(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}
