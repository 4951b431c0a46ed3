using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace FluxRestful.Api.Pages.Submit.Variables;

/// <summary>Variables as rows of the form, as a block of <c>NAME=VALUE</c> that was pasted, and as what is kept of them.</summary>
internal static class EnvironmentRows
{
    internal const string Name = "variable";
    internal const string Value = "value";

    /// <summary>From the form's fields, which come as often as there are rows.</summary>
    internal static IReadOnlyList<EnvironmentRow> Read(StringValues names, StringValues values) =>
        [.. names.Zip(values, (name, value) => new EnvironmentRow((name ?? "").Trim(), (value ?? "").ReplaceLineEndings("\n"))).Where(row => !row.IsEmpty)];

    /// <summary>A block with a variable a line, be it written for a shell; null if it is none.</summary>
    /// <param name="what">What a line is called.</param>
    /// <param name="unsaid">The value of a name alone; null: there is no such thing.</param>
    internal static IReadOnlyList<EnvironmentRow>? Read(string block, string what, string? unsaid, out string? error)
    {
        var rows = new List<EnvironmentRow>();
        foreach (var line in block.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at == 0 || (at < 0 && unsaid is null))
            {
                error = $"One {what} a line, as NAME=VALUE; this is none: {(line.Length > 60 ? line[..60] + "…" : line)}";
                return null;
            }

            var name = at < 0 ? line : line[..at].TrimEnd();
            rows.Add(new(name.StartsWith("export ", StringComparison.Ordinal) ? name["export ".Length..].Trim() : name, at < 0 ? unsaid! : line[(at + 1)..]));
        }

        error = null;
        return rows;
    }

    /// <summary>Both, the later ones in the place of earlier ones of the same name.</summary>
    internal static IReadOnlyList<EnvironmentRow> Over(IReadOnlyList<EnvironmentRow> rows, IReadOnlyList<EnvironmentRow> later) => later.Count == 0
        ? rows
        : [.. rows.Where(row => !later.Any(other => other.Name == row.Name)), .. later.Where((row, i) => !later.Skip(i + 1).Any(other => other.Name == row.Name))];

    /// <summary>To be kept; empty if there are none.</summary>
    internal static string Write(IReadOnlyList<EnvironmentRow> rows) =>
        rows.Count == 0 ? "" : new JsonArray([.. rows.Select(row => (JsonNode)new JsonArray(row.Name, row.Value))]).ToJsonString();

    internal static IReadOnlyList<EnvironmentRow> Parse(string? kept)
    {
        try
        {
            return kept is not { Length: > 0 } ? [] : [.. JsonElement.Parse(kept).EnumerateArray().Select(pair => new EnvironmentRow(pair[0].ToString(), pair[1].ToString()))];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            // A preset of the settings may say anything.
            return [];
        }
    }

    /// <summary>The environment of the request; what is wrong with a row is told at the table.</summary>
    internal static Dictionary<string, string> ToVariables(IReadOnlyList<EnvironmentRow> rows, Dictionary<string, string> errors)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in rows)
        {
            var wrong = name.Length == 0 ? "A value has no name."
                : name.Contains('=', StringComparison.Ordinal) ? $"A name has no = in it: {name}"
                : !variables.TryAdd(name, value) ? $"{name} stands here twice."
                : null;
            if (wrong is not null)
            {
                errors["variables"] = wrong;
            }
        }

        return variables;
    }
}
