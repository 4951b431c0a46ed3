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
    internal static readonly JsonSerializerOptions Readable = new(ServerJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented = new(Readable) { WriteIndented = true };

    // A command has words of less than 128 KiB on Linux, and nobody pastes more.
    private const int LongestWord = 120_000;

    internal static IReadOnlyList<(string Name, string Text)> All(JobSubmit submit, string origin, string copies = "1")
    {
        var json = JsonSerializer.Serialize(submit, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<JobSubmit>)Indented.GetTypeInfo(typeof(JobSubmit)));
        var compact = JsonSerializer.Serialize(submit, ServerJson.Default.JobSubmit);
        (string Name, string? Text)[] all =
        [
            ("flux submit", FluxSubmitLine.Of(submit, copies)),
            ("curl", $"curl -u NAME {Quoted(origin + "/api/v1/jobs")} \\\n  -H 'Content-Type: application/json' \\\n  --data-raw {Quoted(json)}"),
            ("C#", CSharp(json, origin)),
            ("Python", Python(compact, origin)),
            ("JSON", json),
        ];
        return [.. all.Where(copy => copy.Text is { } text && Encoding.UTF8.GetByteCount(text) < LongestWord).Select(copy => (copy.Name, copy.Text!))];
    }

    /// <summary>As one word of a POSIX shell.</summary>
    internal static string Quoted(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-./:=,@%+".Contains(letter, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

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
}
