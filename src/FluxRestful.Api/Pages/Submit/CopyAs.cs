using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FluxRestful.Api.Hosting;
using FluxRestful.Contracts.Jobs.Submitting;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>The same job in other tongues: each can be pasted into a shell and makes the job that the form makes.</summary>
internal static class CopyAs
{
    // Shown as text, so letters need not be written as numbers.
    private static readonly JsonSerializerOptions Readable = new(ServerJson.Default.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static IReadOnlyList<(string Name, string Text)> All(JobSubmit submit, string origin)
    {
        var json = JsonSerializer.Serialize(submit, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<JobSubmit>)Readable.GetTypeInfo(typeof(JobSubmit)));
        return
        [
            ("flux submit", Flux(submit)),
            ("curl", $"curl -u NAME {Quoted(origin + "/api/v1/jobs")} \\\n  -H 'Content-Type: application/json' \\\n  --data-raw {Quoted(json)}"),
            ("JSON", json),
        ];
    }

    /// <summary>As one word of a POSIX shell.</summary>
    internal static string Quoted(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-./:=,@%+".Contains(letter, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Flux(JobSubmit submit)
    {
        var line = new StringBuilder(submit.Script is null ? "flux submit" : "flux batch");
        Add("-N", Text(submit.Nodes));
        Add("-n", Text(submit.Tasks));
        Add("-c", Text(submit.CoresPerTask));
        Add("-g", Text(submit.GpusPerTask));
        line.Append(submit.Exclusive is true ? " -x" : "");
        Add("-t", submit.Duration?.Seconds is > 0 and var seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s") : null);
        Add("--job-name", submit.Name);
        Add("-q", submit.Queue);
        Add("--cwd", submit.Cwd);
        Add("--urgency", Text(submit.Urgency));
        foreach (var dependency in submit.Dependencies ?? [])
        {
            Add("--dependency", dependency);
        }

        foreach (var (name, value) in submit.Environment ?? new Dictionary<string, string>())
        {
            Add("--env", $"{name}={value}");
        }

        Add("--requires", submit.Requires);
        Add("--output", submit.Stdout);
        Add("--error", submit.Stderr);
        foreach (var word in submit.Command ?? ["SCRIPT"])
        {
            line.Append(' ').Append(Quoted(word));
        }

        return line.ToString();

        void Add(string option, string? value)
        {
            if (value is not null)
            {
                line.Append(' ').Append(option).Append(option.StartsWith("--", StringComparison.Ordinal) ? '=' : ' ').Append(Quoted(value));
            }
        }
    }

    private static string? Text(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}
