using System.Net;
using FluxRestful.Api.Access;

namespace FluxRestful.Tests.Api.Access.Matrix;

public sealed class RouteMatrixTests(MatrixApp app) : IClassFixture<MatrixApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Routes => [.. RouteMatrix.Rows.Select(row => row.Route)];

    [Fact]
    public void Every_route_has_its_row()
    {
        var rows = RouteMatrix.Rows.Select(row => row.Route).ToList();
        Assert.Equal(rows.Distinct(), rows);
        Assert.Empty(app.Routes().Except(rows));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Each_role_gets_what_its_row_says(string route)
    {
        var row = RouteMatrix.Rows.Single(each => each.Route == route);
        Assert.True(app.Routes().Contains(row.Route), $"{row.Route}: no such route");
        var wrong = new List<string>();
        foreach (var (role, expected) in row.Expected)
        {
            for (var i = 0; i < expected.Count; i++)
            {
                if (expected[i] is not { } status)
                {
                    continue;
                }

                using var answer = await AskAsync(app.ClientOf(role), row, await app.ObjectAsync(row, role, (Whose)i));
                if ((int)answer.StatusCode != status)
                {
                    wrong.Add($"{role}, {(Whose)i}: {status} is in the table, {(int)answer.StatusCode} came: {await TextAsync(answer)}");
                }
            }
        }

        using var anonymous = await AskAsync(app.Anonymous, row, await app.ObjectAsync(row, Role.User, Whose.Nobodys));
        if ($"{(int)anonymous.StatusCode}" != row.Anonymous)
        {
            wrong.Add($"anonymous: {row.Anonymous} is in the table, {(int)anonymous.StatusCode} came: {await TextAsync(anonymous)}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task What_is_another_tenants_is_answered_like_what_is_not_there()
    {
        var seen = 0;
        foreach (var row in RouteMatrix.Rows.Where(row => app.Routes().Contains(row.Route)))
        {
            foreach (var role in row.Expected.Where(cell => cell.Value is [_, { } anothers, { } nobodys] && anothers == nobodys).Select(cell => cell.Key))
            {
                // Whoever may see others' is told what is wrong.
                if ((row.Kind == ObjectKind.Job && role == Role.Operator) || (row.Kind != ObjectKind.Token && role == Role.Superuser))
                {
                    continue;
                }

                Assert.Equal(await SeenAsync(role, row, Whose.Nobodys), await SeenAsync(role, row, Whose.Anothers));
                seen++;
            }
        }

        Assert.True(seen > 50, $"Only {seen} pairs were looked at.");
    }

    /// <summary>The superuser's: what is refused is refused for the scope alone.</summary>
    [Theory]
    [InlineData("jobs:read")]
    [InlineData("jobs:write")]
    [InlineData("cluster:read")]
    [InlineData("users:admin")]
    [InlineData("metrics:read")]
    public async Task A_narrowed_token_gets_in_where_its_scope_leads_and_nowhere_else(string scope)
    {
        var wrong = new List<string>();
        foreach (var row in RouteMatrix.Rows.Where(row => app.Routes().Contains(row.Route)))
        {
            using var answer = await AskAsync(await app.NarrowedAsync(scope), row, await app.ObjectAsync(row, Role.Superuser, Whose.Nobodys));
            var isRefused = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
                || (await TextAsync(answer)).Contains("enough privileges", StringComparison.Ordinal);
            if (isRefused == (row.Scope == scope || row.Scope is "any" or "anonymous"))
            {
                wrong.Add($"{row.Route}: {answer.StatusCode}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task The_form_of_a_job_is_no_way_to_read_jobs_with_a_token_that_only_submits()
    {
        var id = await app.ObjectAsync(RouteMatrix.Rows.Single(row => row.Route == "GET /jobs/{id}"), Role.Superuser, Whose.Own);
        Assert.DoesNotContain("echo hello<", await (await app.NarrowedAsync("jobs:write")).GetStringAsync($"/jobs/submit?from={id}", Token), StringComparison.Ordinal);
        Assert.Contains("echo hello<", await app.ClientOf(Role.Superuser).GetStringAsync($"/jobs/submit?from={id}", Token), StringComparison.Ordinal);
    }

    private async Task<string> SeenAsync(Role role, RouteRow row, Whose whose)
    {
        var id = await app.ObjectAsync(row, role, whose);
        using var answer = await AskAsync(app.ClientOf(role), row, id);
        return $"{row.Route}: {await MatrixApp.SeenAsync(answer, id)}";
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, RouteRow row, string id) =>
        client.SendAsync(row.About(id), HttpCompletionOption.ResponseHeadersRead, Token);

    // What succeeds may be a stream without an end.
    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.OK ? "" : await answer.Content.ReadAsStringAsync(Token);
}
