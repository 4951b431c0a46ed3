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
        Assert.SkipUnless(app.Routes().Contains(row.Route), "No such route yet.");
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
                if (row.Kind == ObjectKind.Job && role is Role.Operator or Role.Superuser)
                {
                    continue;
                }

                Assert.Equal(await SeenAsync(role, row, Whose.Nobodys), await SeenAsync(role, row, Whose.Anothers));
                seen++;
            }
        }

        Assert.True(seen > 50, $"Only {seen} pairs were looked at.");
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
