using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Jobs.Listing;

public sealed class JobSearchTests : IDisposable
{
    private readonly JobIndex _index = new(new FakeTimeProvider());

    public JobSearchTests() => _index.Replace(new JobTable(
    [
        Entry(1, 7, "sleep", nodes: 40),
        Entry(2, 7, "Echo", nodes: 1),
        Entry(3, 7, "hostname", nodes: 2),
        Entry(4, 8, "sleep", nodes: 3),
        Entry(5, 7, "lammps", nodes: null),
    ]));

    public void Dispose() => _index.Dispose();

    [Fact]
    public void Without_a_wish_all_of_the_tenants_jobs_come() => AssertFound(new JobSearch(), 4, 4, 1, 2, 3, 5);

    [Fact]
    public void Nobody_finds_another_tenants_job() => AssertFound(new JobSearch { Text = "sleep" }, 4, 1, 1);

    [Fact]
    public void A_text_is_found_in_any_case() => AssertFound(new JobSearch { Text = "eCHO" }, 4, 1, 2);

    [Theory]
    [InlineData("[")]
    [InlineData(".*")]
    [InlineData("' OR 1=1 --")]
    [InlineData("%")]
    [InlineData("(a+)+$")]
    public void A_pattern_is_a_text_like_any_other(string text) => AssertFound(new JobSearch { Text = text }, 4, 0);

    [Fact]
    public void A_number_is_found_in_numbers() => AssertFound(new JobSearch { Text = "40" }, 4, 1, 1);

    [Fact]
    public void A_page_is_a_part_of_what_matches() => AssertFound(new JobSearch { Start = 1, Length = 2 }, 4, 4, 2, 3);

    [Fact]
    public void Beyond_the_end_there_is_nothing() => AssertFound(new JobSearch { Start = 10, Length = 2 }, 4, 4);

    [Fact]
    public void Jobs_are_sorted_by_number() => AssertFound(new JobSearch { Sort = JobColumn.Find("nnodes") }, 4, 4, 5, 2, 3, 1);

    [Fact]
    public void And_by_text_downwards() => AssertFound(new JobSearch { Sort = JobColumn.Find("name"), Descending = true, Length = 3 }, 4, 4, 1, 5, 3);

    private static JobEntry Entry(ulong id, int owner, string name, int? nodes) => new(
        new JobRecord { Id = new JobId(id), Name = name, NNodes = nodes, State = JobState.Sched, Priority = 16, UserId = 9, Urgency = 16 },
        null,
        JobOwner.Tenant(owner));

    private void AssertFound(JobSearch search, int total, int matching, params ulong[] ids)
    {
        var page = search.Run(_index, 7, DateTimeOffset.UnixEpoch);

        Assert.Equal((total, matching), (page.Total, page.Matching));
        Assert.Equal(ids, page.Jobs.Select(job => job.Id.Value));
    }
}
