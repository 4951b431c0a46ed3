using System.Globalization;
using FluxRestful.Api.Pages.Submit;
using FluxRestful.Api.Tenants.Endpoints;
using FluxRestful.Contracts.Tenants;

namespace FluxRestful.Api.Pages.Admin.Users;

/// <summary>An account as somebody types it: its limits as text, where nothing means no limit.</summary>
public sealed record UserForm
{
    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its role.</summary>
    public string Role { get; init; } = "user";

    /// <summary>The limits by the names of their fields.</summary>
    public IReadOnlyDictionary<string, string> Limits { get; init; } = new Dictionary<string, string>();

    internal static IReadOnlyList<(string Name, string Label, string? Hint)> Fields { get; } =
    [
        ("activeJobs", "Active jobs", "not ended; 0: it submits none"),
        ("queuedJobs", "Waiting jobs", "not started"),
        ("nodes", "Nodes of one job", null),
        ("cores", "Cores of one job", null),
        ("timeLimit", "Longest job", "minutes, or 90s, 1.5h, 2d"),
        ("submitsPerMinute", "Submits in a minute", null),
    ];

    internal static UserForm Read(IFormCollection form) => new()
    {
        Name = form["name"].ToString().Trim(),
        Role = form["role"].ToString(),
        Limits = Fields.ToDictionary(field => field.Name, field => form[field.Name].ToString().Trim()),
    };

    internal static UserForm Of(User user) => new()
    {
        Name = user.Name,
        Role = user.Role,
        Limits = new Dictionary<string, string>
        {
            ["activeJobs"] = Text(user.Limits.ActiveJobs),
            ["queuedJobs"] = Text(user.Limits.QueuedJobs),
            ["nodes"] = Text(user.Limits.Nodes),
            ["cores"] = Text(user.Limits.Cores),
            ["timeLimit"] = user.Limits.Duration switch
            {
                null => "",
                { } seconds when seconds % 3600 == 0 => Text(seconds / 3600) + "h",
                { } seconds when seconds % 60 == 0 => Text(seconds / 60) + "m",
                { } seconds => Text(seconds) + "s",
            },
            ["submitsPerMinute"] = Text(user.Limits.SubmitsPerMinute),
        },
    };

    /// <summary>The limits, and what is wrong with role and limits, by field.</summary>
    internal (UserLimits Limits, Dictionary<string, string> Errors) Check()
    {
        var errors = new Dictionary<string, string>();
        var limits = new UserLimits(
            Number("activeJobs", errors), Number("queuedJobs", errors), Number("nodes", errors), Number("cores", errors), Seconds(errors), Number("submitsPerMinute", errors));
        foreach (var (member, texts) in UserAnswers.Check(Role, limits))
        {
            errors[member switch
            {
                "limits.duration" => "timeLimit",
                _ => member[(member.IndexOf('.', StringComparison.Ordinal) + 1)..],
            }] = texts[0];
        }

        return (limits, errors);
    }

    private int? Number(string field, Dictionary<string, string> errors)
    {
        var text = Limits.GetValueOrDefault(field) ?? "";
        if (text.Length == 0)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors[field] = "This is a whole number, or empty for no limit.";
        return null;
    }

    private int? Seconds(Dictionary<string, string> errors) =>
        SubmitRequest.Duration(Limits.GetValueOrDefault("timeLimit") ?? "", errors) is { } seconds ? (int)Math.Clamp(Math.Ceiling(seconds), 0, int.MaxValue) : null;

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
