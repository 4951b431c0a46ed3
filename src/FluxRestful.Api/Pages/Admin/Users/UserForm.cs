using System.Globalization;
using FluxRestful.Api.Pages.Submit;
using FluxRestful.Api.Tenants.Endpoints;
using FluxRestful.Contracts.Tenants;

namespace FluxRestful.Api.Pages.Admin.Users;

/// <summary>An account as somebody types it: its limits as text, where nothing means what holds for everybody.</summary>
public sealed record UserForm
{
    private const string Unlimited = "unlimited";

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

    internal static UserForm Of(User user) => new() { Name = user.Name, Role = user.Role, Limits = Texts(user.Limits) };

    /// <summary>The limits, and what is wrong with role and limits, by field.</summary>
    internal (UserLimits Limits, Dictionary<string, string> Errors) Check()
    {
        var errors = new Dictionary<string, string>();
        var unlimited = Fields.Where(field => TextOf(field.Name) == Unlimited).Select(field => field.Name == "timeLimit" ? "duration" : field.Name).ToList();
        var limits = new UserLimits(
            Number("activeJobs", errors), Number("queuedJobs", errors), Number("nodes", errors), Number("cores", errors), Seconds(errors), Number("submitsPerMinute", errors),
            unlimited.Count > 0 ? unlimited : null);
        foreach (var (member, texts) in UserAnswers.Check(Role, limits))
        {
            errors[FieldOf(member[(member.IndexOf('.', StringComparison.Ordinal) + 1)..])] = texts[0];
        }

        return (limits, errors);
    }

    private static Dictionary<string, string> Texts(UserLimits limits)
    {
        var texts = new Dictionary<string, string>
        {
            ["activeJobs"] = Text(limits.ActiveJobs),
            ["queuedJobs"] = Text(limits.QueuedJobs),
            ["nodes"] = Text(limits.Nodes),
            ["cores"] = Text(limits.Cores),
            ["timeLimit"] = limits.Duration switch
            {
                null => "",
                { } seconds when seconds % 3600 == 0 => Text(seconds / 3600) + "h",
                { } seconds when seconds % 60 == 0 => Text(seconds / 60) + "m",
                { } seconds => Text(seconds) + "s",
            },
            ["submitsPerMinute"] = Text(limits.SubmitsPerMinute),
        };
        foreach (var lifted in limits.Unlimited ?? [])
        {
            texts[FieldOf(lifted)] = Unlimited;
        }

        return texts;
    }

    private static string FieldOf(string member) => member == "duration" ? "timeLimit" : member;

    private string TextOf(string field) => Limits.GetValueOrDefault(field) ?? "";

    private int? Number(string field, Dictionary<string, string> errors)
    {
        var text = TextOf(field);
        if (text is "" or Unlimited)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors[field] = $"This is a whole number, or {Unlimited}, or empty.";
        return null;
    }

    private int? Seconds(Dictionary<string, string> errors) =>
        TextOf("timeLimit") is not Unlimited and var text && SubmitRequest.Duration(text, errors) is { } seconds ? (int)Math.Clamp(Math.Ceiling(seconds), 0, int.MaxValue) : null;

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
