using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using static FluxRestful.Core.Jobs.Requests.JobRequestCheck;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>The files that travel with a job (RFC 37): <c>attributes.system.files</c>, unpacked to <c>{{tmpdir}}</c>.</summary>
public static class JobspecFiles
{
    /// <summary>Where a script is when its job runs.</summary>
    public const string ScriptPath = "{{tmpdir}}/" + ScriptName;

    /// <summary>What a script is called among the files.</summary>
    public const string ScriptName = "script";

    /// <summary>The mode of a script: a file that its owner may read, write and run.</summary>
    public const int ScriptMode = RegularFile | OwnerRuns;

    internal const string ConfigurationOption = "-c{{tmpdir}}/" + ConfigurationName;

    private const string ConfigurationName = "conf.json";
    private const int OwnerReads = 0b110_000_000;
    private const int OwnerRuns = 0b111_000_000;
    private const int RegularFile = 0b1_000_000_000_000_000;

    internal static void Set(JsonObject attributes, JobRequest request)
    {
        var files = new JsonObject();
        foreach (var file in request.Files)
        {
            files[NotEmpty(nameof(request.Files), file.Name)] = Entry(file);
        }

        if (request.Script is { } script)
        {
            if (!Text(nameof(request.Script), script.Text).StartsWith("#!", StringComparison.Ordinal))
            {
                throw Wrong(nameof(request.Script), "A script must begin with #!.");
            }

            if (script is { Nested: true, BrokerConfiguration: { } configuration })
            {
                files[ConfigurationName] = new JsonObject { ["mode"] = RegularFile | OwnerReads, ["data"] = JobspecPath.Value(nameof(request.Script), configuration) };
            }

            files[ScriptName] = new JsonObject { ["mode"] = ScriptMode, ["data"] = script.Text, ["encoding"] = "utf-8" };
        }

        if (files.Count > 0)
        {
            attributes["system"]!["files"] = files;
        }
    }

    private static JsonObject Entry(JobFile file)
    {
        var entry = new JsonObject { ["mode"] = RegularFile | (file.Permissions & 0b111_111_111), ["size"] = file.Data.Length };
        var isText = Utf8.IsValid(file.Data.Span) && !file.Data.Span.Contains((byte)0);
        entry["data"] = isText ? Encoding.UTF8.GetString(file.Data.Span) : Convert.ToBase64String(file.Data.Span);
        entry["encoding"] = isText ? "utf-8" : "base64";
        return entry;
    }
}
