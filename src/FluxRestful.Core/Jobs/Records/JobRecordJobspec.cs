using System.Text;
using System.Text.Json;

namespace FluxRestful.Core.Jobs.Records;

/// <summary>What a job's record takes from its jobspec (RFC 25), and from later updates of that.</summary>
internal static class JobRecordJobspec
{
    private const string SystemPrefix = "attributes.system.";

    internal static JobRecord Read(JobRecord record, JsonElement jobspec)
    {
        if ((jobspec.Get("attributes", "system", "job", "name").Text() ?? NameOfCommand(jobspec)) is not { } name)
        {
            return record;
        }

        record = record with { Name = name, Command = Command(jobspec), Tags = Tags(jobspec) };
        foreach (var attribute in (ReadOnlySpan<string>)["cwd", "queue", "duration", "project", "bank"])
        {
            if (jobspec.Get("attributes", "system", attribute) is { } value)
            {
                record = Set(record, attribute, value);
            }
        }

        return JobspecCounts.TryRead(jobspec, out var counts, out _)
            ? record with
            {
                NNodes = counts.Nodes > 0 ? counts.Nodes : null,
                NTasks = counts.Tasks,
                NCores = counts.Cores,
                TasksPerNode = counts.TasksPerNode,
                TasksPerCore = counts.TasksPerCore,
            }
            : record;
    }

    /// <summary>Applies a jobspec-update: an object from dotted paths to values. Of these, what a record does not show is passed over.</summary>
    internal static JobRecord Update(JobRecord record, JsonElement updates)
    {
        foreach (var update in updates.EnumerateObject())
        {
            if (update.Name.StartsWith(SystemPrefix, StringComparison.Ordinal))
            {
                record = Set(record, update.Name[SystemPrefix.Length..], update.Value);
            }
        }

        return record;
    }

    private static JobRecord Set(JobRecord record, string attribute, JsonElement value) => (attribute, value.ValueKind) switch
    {
        ("duration", JsonValueKind.Number) => record with { Duration = ((JsonElement?)value).Real() is >= 0 and var seconds ? seconds : null },
        ("cwd", JsonValueKind.String) => record with { Cwd = Strings.Share(value) },
        ("queue", JsonValueKind.String) => record with { Queue = Strings.Share(value) },
        ("project", JsonValueKind.String) => record with { Project = Strings.Share(value) },
        ("bank", JsonValueKind.String) => record with { Bank = Strings.Share(value) },
        ("job.name", JsonValueKind.String) => record with { Name = Strings.Share(value) },
        _ => record,
    };

    // Only as much as a list shows and a search looks through: there may be a hundred thousand of them.
    private static string? Command(JsonElement jobspec)
    {
        if (Words(jobspec) is not { } words)
        {
            return null;
        }

        var command = new StringBuilder();
        foreach (var word in words.EnumerateArray())
        {
            command.Append(command.Length > 0 ? " " : "").Append(Text(word));
            if (command.Length > JobRecord.LongestCommand)
            {
                var end = JobRecord.LongestCommand;
                command.Length = char.IsHighSurrogate(command[end - 1]) ? end - 1 : end;
                break;
            }
        }

        return Strings.Share(command.ToString());
    }

    // A list of texts, or a text alone; of anything else nothing is kept, nor of a tag that would be two lines.
    private static string? Tags(JsonElement jobspec)
    {
        if (jobspec.Get("attributes", "user", "tags") is not { } given)
        {
            return null;
        }

        var tags = new StringBuilder();
        foreach (var each in given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().Take(JobRecord.LongestTags) : [given])
        {
            if (Text(each) is { Length: > 0 } tag && !tag.Contains('\n', StringComparison.Ordinal) && tags.Length + tag.Length < JobRecord.LongestTags)
            {
                tags.Append(tags.Length > 0 ? "\n" : "").Append(tag);
            }
        }

        return tags.Length > 0 ? Strings.Share(tags.ToString()) : null;
    }

    // JSON can escape what is not Unicode. A job is not lost for an argument that cannot be read.
    private static string? Text(JsonElement? word)
    {
        try
        {
            return word.Text();
        }
        catch (FormatException)
        {
            return "\uFFFD";
        }
    }

    private static JsonElement? Words(JsonElement jobspec) =>
        jobspec.TryGet("tasks", JsonValueKind.Array, out var tasks) && tasks.GetArrayLength() > 0
        && tasks[0].TryGet("command", JsonValueKind.Array, out var command) && command.GetArrayLength() > 0
            ? command
            : null;

    // The last part of the program's path; the whole path if it ends in a slash.
    private static string? NameOfCommand(JsonElement jobspec)
    {
        if (Words(jobspec) is not { } command || ((JsonElement?)command[0]).Text() is not { } program)
        {
            return null;
        }

        var name = program[(program.LastIndexOf('/') + 1)..];
        return name.Length > 0 ? Strings.Share(name) : program;
    }
}
