using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Tests.Api.Jobs.Index;

public sealed class JobIndexTests
{
    private const int Jobs = 10_000;
    private const int Tenants = 10;

    [Fact]
    public void An_event_of_a_job_does_not_undo_that_its_claim_was_settled()
    {
        using var index = new JobIndex(TimeProvider.System);
        var mark = new JobMark("alice", Guid.NewGuid());
        var record = new JobRecord { Id = new JobId(1), State = JobState.Run };
        index.Replace(new JobTable([new JobEntry(record, mark, JobOwner.Claim("alice"))]));
        var after = record with { State = JobState.Inactive };

        Assert.Single(index.Settle(7, "alice"));
        index.Update(after);

        Assert.Equal(new JobEntry(after, mark, JobOwner.Tenant(7), Version: 1), index.Find(new JobId(1)));
        Assert.Equal(1, index.Count(7));
    }

    [Fact]
    public void A_tenants_pages_hold_each_of_its_jobs_once()
    {
        using var index = new JobIndex(TimeProvider.System);
        index.Replace(new JobTable([.. Enumerable.Range(1, Jobs).Select(Entry)]));

        var pages = Enumerable.Range(0, Jobs / Tenants / 100).Select(page => new JobSearch { Start = page * 100, Length = 100 }.Run(index, 3, DateTimeOffset.UnixEpoch)).ToList();

        Assert.All(pages, page => Assert.Equal((Jobs / Tenants, 100), (page.Matching, page.Jobs.Count)));
        Assert.Equal(
            Enumerable.Range(1, Jobs).Where(id => id % Tenants == 2).Select(id => (ulong)id),
            pages.SelectMany(page => page.Jobs).Select(job => job.Id.Value).Order());
    }

    private static JobEntry Entry(int id) => new(
        new JobRecord { Id = new JobId((ulong)id), State = id % 100 == 2 ? JobState.Sched : JobState.Inactive, TInactive = id },
        null,
        JobOwner.Tenant((id % Tenants) + 1));
}
