using FluxRestful.Api.Broker;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Api.Problems;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Tests.Api.Pages.Problems;

public sealed class ProblemWordsTests
{
    public static TheoryData<string> Names => [.. ProblemType.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_problem_has_words_of_its_own_for_what_happened_and_what_to_do(string name)
    {
        var type = ProblemType.All.Single(one => one.Name == name);
        Assert.NotEmpty(ProblemWords.Title(type));
        if (type.Status is 403 or 404 or 409 or 422 or 429 or >= 500)
        {
            Assert.False(string.IsNullOrEmpty(ProblemWords.Advice(type, isRead: true, null)));
        }

        if (type.Status == 429)
        {
            Assert.Contains("17 s", ProblemWords.Advice(type, isRead: false, 17), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_database_that_somebody_holds_is_no_fault_of_the_server_and_another_fault_is()
    {
        var locked = new SqliteException("database is locked", 5);
        foreach (var failure in (Exception[])[locked, new DbUpdateException("saving failed", locked)])
        {
            Assert.Equal((ProblemType.Busy, TimeSpan.FromSeconds(5)), (BrokerProblem.Of(failure)!.Type, BrokerProblem.Of(failure)!.RetryAfter));
        }

        Assert.Null(BrokerProblem.Of(new SqliteException("no such table", 1)));
    }
}
