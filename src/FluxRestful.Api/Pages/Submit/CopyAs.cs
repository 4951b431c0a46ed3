using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Pages.Submit.Sources;
using FluxRestful.Contracts.Jobs.Submitting;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>The same job in other tongues: each can be pasted into a shell and makes the job that the form makes.</summary>
internal static class CopyAs
{
    // Shown as text, so letters need not be written as numbers.
    private static readonly JsonSerializerOptions Readable = new(ServerJson.Default.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static IReadOnlyList<(string Name, string Text)> All(JobSubmit submit, string origin, string copies = "1")
    {
        var json = JsonSerializer.Serialize(submit, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<JobSubmit>)Readable.GetTypeInfo(typeof(JobSubmit)));
        var compact = JsonSerializer.Serialize(submit, ServerJson.Default.JobSubmit);
        return
        [
            .. submit.Jobspec is null ? ((string, string)[])[("flux submit", Flux(submit, copies))] : [],
            ("curl", $"curl -u NAME {Quoted(origin + "/api/v1/jobs")} \\\n  -H 'Content-Type: application/json' \\\n  --data-raw {Quoted(json)}"),
            ("C#", CSharp(json, origin)),
            ("Python", Python(compact, origin)),
            ("JSON", json),
        ];
    }

    /// <summary>As one word of a POSIX shell.</summary>
    internal static string Quoted(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-./:=,@%+".Contains(letter, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Flux(JobSubmit submit, string copies)
    {
        var line = new StringBuilder(submit.Script is null ? "flux submit" : "flux batch");
        Add("--cc", copies.Length > 1 || copies is not ("1" or "0" or "") ? $"0-{(int.TryParse(copies, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count - 1 : 0)}" : null);
        Add("-N", Text(submit.Nodes));
        // Nodes alone are whole nodes to Flux (surprise 49); here they have a task each.
        Add("-n", Text(submit.Tasks ?? (submit.Script is null ? submit.Nodes : null)));
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
            // Flux puts variables into what follows a dollar.
            Add("--env", $"{name}={value.Replace("$", "$$", StringComparison.Ordinal)}");
        }

        foreach (var (name, value) in submit.ShellOptions ?? new Dictionary<string, JsonElement>())
        {
            Add("-o", $"{name}={JobCopy.Word(value)}");
        }

        foreach (var (name, value) in submit.Attributes ?? new Dictionary<string, JsonElement>())
        {
            Add("--setattr", $"{name}={value.GetRawText()}");
        }

        Add("--requires", submit.Requires);
        Add("--setattr", submit.Constraints is { } constraints ? $"system.constraints={constraints.GetRawText()}" : null);
        Add("--input", submit.Stdin);
        Add("--output", submit.Stdout);
        Add("--error", submit.Stderr);
        foreach (var word in submit.Command ?? ["SCRIPT", .. submit.Arguments ?? []])
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

    private static string CSharp(string json, string origin)
    {
        // As many as it takes that none of the text ends it.
        var quotes = new string('"', Math.Max(3, LongestRun(json) + 1));
        return $"""
            using System.Net.Http.Headers;
            using System.Text;

            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("FLUX_TOKEN"));
            using var job = new StringContent({quotes}
            {json}
            {quotes}, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync("{origin}/api/v1/jobs", job);
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            """;
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string Python(string json, string origin) => $$"""
        import os, urllib.request

        job = '{{json.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}}'
        request = urllib.request.Request(
            '{{origin}}/api/v1/jobs', job.encode(),
            {'Content-Type': 'application/json', 'Authorization': 'Bearer ' + os.environ['FLUX_TOKEN']})
        print(urllib.request.urlopen(request).read().decode())
        """;

    private static string? Text(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}
