using CsCheck;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Tests.Api.Jobs.Index;

public sealed class JobShelfTests
{
    private static readonly (JobState State, JobResult Result)[] Stages =
    [
        (JobState.Sched, JobResult.None), (JobState.Run, JobResult.None), (JobState.Inactive, JobResult.Completed), (JobState.Inactive, JobResult.Failed),
        (JobState.Inactive, JobResult.Canceled), (JobState.Inactive, JobResult.Timeout),
    ];

    // Enough of them that chunks are split and emptied.
    [Fact]
    public void Whatever_comes_changes_and_goes_each_group_has_its_jobs_in_the_order_of_ids() =>
        Gen.Select(Gen.ULong[1, 3000], Gen.Int[-1, Stages.Length - 1]).Array[0, 6000].Sample(
            steps =>
            {
                var shelf = JobShelf.Empty;
                var model = new SortedDictionary<ulong, JobRecord>();
                foreach (var (id, stage) in steps)
                {
                    var before = model.GetValueOrDefault(id);
                    if (stage >= 0)
                    {
                        model[id] = Job(id, stage);
                        shelf = shelf.With(Entry(model[id]), before);
                    }
                    else if (before is not null)
                    {
                        model.Remove(id);
                        shelf = shelf.Without(before);
                    }
                }

                AssertHolds(model, shelf);
                AssertHolds(model, JobShelf.Of(model.Values.Select(Entry)));
            },
            iter: 30);

    [Fact]
    public void Reading_goes_on_beyond_any_id_whether_it_is_there_or_not() =>
        Gen.Select(Gen.ULong[1, 2000].HashSet[0, 1500], Gen.ULong[0, 2001]).Sample(
            (ids, after) =>
            {
                var run = JobRun.Of(ids.Order().Select(id => Entry(Job(id, 0))));
                Assert.Equal(ids.Where(id => id > after).Order(), run.Read(descending: false, after).Select(entry => entry.Record.Id.Value));
                Assert.Equal(ids.Where(id => id < after).OrderDescending(), run.Read(descending: true, after).Select(entry => entry.Record.Id.Value));
            },
            iter: 100);

    [Fact]
    public void A_reader_of_an_old_shelf_neither_loses_nor_gains_a_job()
    {
        var old = JobShelf.Of(Enumerable.Range(1, 1000).Select(id => Entry(Job((ulong)id, 0))));
        var shelf = old;
        for (ulong id = 1; id <= 1000; id++)
        {
            shelf = shelf.With(Entry(Job(id, 1)), Job(id, 0));
        }

        Assert.Equal(1000, old[JobGroup.Pending].Read(descending: false).Count());
        Assert.Equal(0, old[JobGroup.Running].Count);
        Assert.Equal((0, 1000), (shelf[JobGroup.Pending].Count, shelf[JobGroup.Running].Count));
    }

    private static void AssertHolds(SortedDictionary<ulong, JobRecord> model, JobShelf shelf)
    {
        foreach (var group in Enum.GetValues<JobGroup>())
        {
            var expected = model.Values.Where(job => JobGroups.Of(job) == group).ToList();
            Assert.Equal(expected.Count, shelf[group].Count);
            Assert.Equal(expected, shelf[group].Read(descending: false).Select(entry => entry.Record));
            Assert.Equal(Enumerable.Reverse(expected), shelf[group].Read(descending: true).Select(entry => entry.Record));
            foreach (var descending in (bool[])[false, true])
            {
                var visited = new List<JobRecord>();
                shelf[group].Visit(descending, entry => visited.Add(entry.Record));
                Assert.Equal(shelf[group].Read(descending).Select(entry => entry.Record), visited);
            }
        }
    }

    private static JobRecord Job(ulong id, int stage) => new() { Id = new JobId(id), State = Stages[stage].State, Result = Stages[stage].Result };

    private static JobEntry Entry(JobRecord record) => new(record, null, JobOwner.Tenant(7));
}
