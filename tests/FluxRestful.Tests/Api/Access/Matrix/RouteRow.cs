using System.Text.RegularExpressions;
using FluxRestful.Api.Access;

namespace FluxRestful.Tests.Api.Access.Matrix;

/// <summary>A line of <see cref="RouteMatrix"/>.</summary>
/// <param name="Scope">What a personal token needs; empty: none gets in.</param>
/// <param name="Body">What is sent; <c>ID</c> in it is what the request is about.</param>
internal sealed partial record RouteRow(
    string Method, string Pattern, string Scope, string Anonymous, IReadOnlyDictionary<Role, IReadOnlyList<int?>> Expected, string? Body)
{
    private static readonly Role[] Columns = [Role.Viewer, Role.User, Role.Operator, Role.Superuser];

    internal string Route => $"{Method} {Pattern}";

    /// <summary>What the request is about, if anything.</summary>
    internal ObjectKind Kind => Pattern.Contains("{jobid}", StringComparison.Ordinal) || Pattern.Contains("jobs/{id}", StringComparison.Ordinal) ? ObjectKind.Job
        : Body?.Contains("\"ID\"", StringComparison.Ordinal) == true ? ObjectKind.Job
        : Pattern.Contains("/account/tokens/{", StringComparison.Ordinal) ? ObjectKind.Token
        : Pattern.Contains("/account/sessions/{", StringComparison.Ordinal) ? ObjectKind.Session
        : Pattern.Contains("/queues/{", StringComparison.Ordinal) ? ObjectKind.Queue
        : Pattern.Contains("/nodes/{", StringComparison.Ordinal) ? ObjectKind.Node
        : Pattern.Contains("/users/{", StringComparison.Ordinal) ? ObjectKind.User
        : ObjectKind.None;

    internal bool IsRead => Method == "GET";

    internal static RouteRow Parse(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        Assert.True(cells.Length is 7 or 8, line);
        var route = cells[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var expected = Columns.Zip(cells[3..7]).ToDictionary(pair => pair.First, pair => Statuses(pair.Second));
        return new(route[0], route[1], cells[1], cells[2], expected, cells.ElementAtOrDefault(7));
    }

    /// <summary>The request about this object.</summary>
    internal HttpRequestMessage About(string id)
    {
        var path = string.Join('/', Pattern.Split('/').Select(part =>
            part == "{id:int}" && Kind is not (ObjectKind.Token or ObjectKind.Session) ? "1" : Placeholder().Replace(part, Uri.EscapeDataString(id))));
        var request = new HttpRequestMessage(new HttpMethod(Method), path);
        if (Body is { } body)
        {
            request.Content = new StringContent(body.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        }

        return request;
    }

    public override string ToString() => Route;

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();

    private static IReadOnlyList<int?> Statuses(string cell) =>
        [.. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "-" ? (int?)null : int.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
}

internal enum ObjectKind
{
    None,
    Job,
    User,
    Queue,
    Node,
    Token,
    Session,
}
