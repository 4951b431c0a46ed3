using FluxRestful.Api.Access;
using FluxRestful.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Access.Matrix;

/// <summary>Time tells what an answer does not. It is not measured here, but what takes it.</summary>
public sealed class EqualWorkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neither_another_tenants_job_nor_an_unknown_one_costs_the_broker_or_the_database_a_question()
    {
        await using var broker = new CutProxy();
        await using var app = new MatrixApp { Broker = await broker.StartAsync(Token) };
        await app.InitializeAsync();
        var services = app.Api.App.Services;
        using var database = new DatabaseQuestions(services.GetRequiredService<IHttpContextAccessor>(), app.Api.App.DataDirectory);
        var rows = RouteMatrix.Rows
            .Where(row => app.Routes().Contains(row.Route) && row is { Kind: ObjectKind.Job } && row.Expected[Role.User] is [_, 404, 404]).ToList();
        var alice = app.ClientOf(Role.User);
        // What is done once for a tenant is done.
        await AskAllAsync(alice, rows, MatrixApp.UnknownJob);

        // Now and then somebody's request reads again what all have in common: not in each of five rounds.
        foreach (var id in (string[])[MatrixApp.UnknownJob, app.StrangersJob])
        {
            var least = (Asked: long.MaxValue, Questions: long.MaxValue);
            for (var round = 0; round < 5; round++)
            {
                var (asked, questions) = (broker.Asked, database.Count);
                await AskAllAsync(alice, rows, id);
                least = (Math.Min(least.Asked, broker.Asked - asked), Math.Min(least.Questions, database.Count - questions));
            }

            Assert.Equal((0L, 0L), least);
        }

        var before = (broker.Asked, database.Count);
        // Both are seen where there is something to see.
        await ApiApp.GetAsync(app.ClientOf(Role.Superuser), $"/api/v1/jobs/{app.StrangersJob}/eventlog");
        await ApiApp.GetAsync(alice, "/api/v1/account");
        Assert.True(broker.Asked > before.Asked && database.Count > before.Count, $"{before} became {(broker.Asked, database.Count)}");
        Assert.True(rows.Count > 15, $"Only {rows.Count} routes were asked.");
    }

    private static async Task AskAllAsync(HttpClient client, IEnumerable<RouteRow> rows, string id)
    {
        foreach (var row in rows)
        {
            using var answer = await client.SendAsync(row.About(id), Token);
            Assert.True((int)answer.StatusCode == 404, $"{row.Route}: {answer.StatusCode}");
        }
    }
}
