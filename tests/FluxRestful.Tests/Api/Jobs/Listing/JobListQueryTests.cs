using CsCheck;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Tests.Api.Jobs.Listing;

public sealed class JobListQueryTests
{
    private const double Now = 1000;

    private static readonly JobEntry[] Some =
    [
        Entry(1, "sleep", JobState.Inactive, JobResult.Completed, queue: "batch", hosts: "node[0-3]", submit: 10, run: 20),
        Entry(2, "Echo", JobState.Inactive, JobResult.Failed, queue: "debug", hosts: "node7", submit: 20, run: 21),
        Entry(3, "lammps", JobState.Run, queue: "batch", hosts: "node[2-5]", submit: 30, run: 40),
        Entry(4, "lammps-2", JobState.Sched, queue: "batch", submit: 40, priority: 16),
        Entry(5, "sleep", JobState.Depend, queue: "debug", submit: 50),
        Entry(6, "sleep", JobState.Inactive, JobResult.Canceled, queue: "debug", submit: 60),
        Entry(7, "spin", JobState.Inactive, JobResult.Timeout, queue: "debug", submit: 70, run: 80),
        Entry(8, "spin", JobState.Sched, queue: "batch", submit: 80, priority: 31),
    ];

    [Fact]
    public void The_newest_come_first() => AssertFound(new(), 8, 7, 6, 5, 4, 3, 2, 1);

    [Theory]
    [InlineData("name", new ulong[] { 2, 3, 4, 1, 5, 6, 7, 8 })]
    [InlineData("priority", new ulong[] { 1, 2, 3, 5, 6, 7, 4, 8 })]
    [InlineData("started", new ulong[] { 4, 5, 6, 8, 1, 2, 3, 7 })]
    [InlineData("runtime", new ulong[] { 4, 5, 6, 8, 7, 2, 1, 3 })]
    [InlineData("submitted", new ulong[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    public void They_are_sorted_upwards_and_downwards(string order, ulong[] ids)
    {
        var query = new JobListQuery { Order = ListOrder.Find(order)!, Descending = false };
        AssertFound(query, ids);
        AssertFound(query with { Descending = true }, [.. ids.Reverse()]);
    }

    [Fact]
    public void Filters_leave_the_others_out()
    {
        AssertFound(With(new() { States = JobState.Pending }), 8, 5, 4);
        AssertFound(With(new() { States = JobState.Sched }), 8, 4);
        AssertFound(With(new() { States = JobState.Running, Results = [JobResult.Failed] }), 3, 2);
        AssertFound(With(new() { Results = [JobResult.Canceled, JobResult.Timeout] }), 7, 6);
        AssertFound(With(new() { Name = "sleep" }), 6, 5, 1);
        AssertFound(With(new() { Name = "lammps*" }), 4, 3);
        AssertFound(With(new() { Queue = "debug", States = JobState.Inactive }), 7, 6, 2);
        AssertFound(With(new() { Node = "node3" }), 3, 1);
        AssertFound(With(new() { Since = 20, Until = 50 }), 4, 3, 2);
        AssertFound(With(new() { Text = "eCHo" }), 2);
        AssertFound(With(new() { Text = new JobId(5).ToString() }), 5);
        AssertFound(With(new() { Text = "oom" }));
    }

    [Fact]
    public void Counts_leave_the_states_out_and_nothing_else()
    {
        Assert.Equal(new JobCounts(3, 1, 1, 1, 1, 1), Run(With(new() { States = JobState.Running })).Counts);
        Assert.Equal(new JobCounts(1, 0, 1, 0, 1, 0), Run(With(new() { Name = "sleep", Results = [JobResult.Failed] })).Counts);
    }

    [Fact]
    public void Matching_counts_beyond_the_page()
    {
        Assert.Equal((2, 8), Sizes(new() { Limit = 2 }));
        Assert.Equal((1, 2), Sizes(new() { Limit = 1, Filter = new() { States = JobState.Sched } }));
        Assert.Equal((1, 3), Sizes(new() { Limit = 1, Filter = new() { Name = "sleep" } }));

        static (int, int) Sizes(JobListQuery query) => (Run(query).Jobs.Count, Run(query).Matching);
    }

    // Some jobs are there from the first page to the last: each must be seen once. What comes or goes may be seen or not, but never twice.
    [Fact]
    public void Page_by_page_each_job_is_seen_once_while_others_come_change_and_go() =>
        Gen.Select(
            Gen.OneOf(Gen.Const("submitted"), Gen.Const("id"), Gen.Const("name")), Gen.Bool, Gen.Int[1, 7], Gen.Bool,
            Gen.Select(Gen.ULong[1, 200], Gen.Int[0, 3]).Array[0, 20].Array[50])
        .Sample((order, descending, limit, filtered, changes) =>
        {
            var table = new JobTable([.. Enumerable.Range(1, 100).Select(id => Named((ulong)id))]);
            var kept = Enumerable.Range(1, 100).Select(id => (ulong)id).ToHashSet();
            var query = new JobListQuery
            {
                Order = ListOrder.Find(order)!,
                Descending = descending,
                Limit = limit,
                Filter = filtered ? new() { Text = "job" } : new(),
            };
            var seen = new List<ulong>();
            for (var page = 0; ; page++)
            {
                var found = query.Run(table.Shelf(null), Now);
                seen.AddRange(found.Jobs.Select(entry => entry.Record.Id.Value));
                if (found.Next is null)
                {
                    break;
                }

                Assert.True(JobCursor.TryParse(found.Next.ToString(), out var cursor));
                query = query with { After = cursor };
                foreach (var (id, what) in changes.ElementAtOrDefault(page) ?? [])
                {
                    if (what == 0)
                    {
                        table.Remove(new JobId(id));
                        kept.Remove(id);
                    }
                    else
                    {
                        table.Put(Named(id, what == 1 ? JobState.Run : JobState.Inactive));
                    }
                }
            }

            Assert.Distinct(seen);
            Assert.Subset(seen.ToHashSet(), kept);
        });

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("!!!")]
    [InlineData("MQpuYW1lCisKTmFOCjAKMQo")]
    [InlineData("MQpub3doZXJlCisKMQowCjEK")]
    public void What_is_no_cursor_is_refused(string text) => Assert.False(JobCursor.TryParse(text, out _));

    [Fact]
    public void A_cursor_comes_back_as_it_was() =>
        Gen.Select(Gen.Int[0, ListOrder.All.Count - 1].Select(i => ListOrder.All[i]), Gen.Bool, Gen.Double[-1e12, 1e12], Gen.Double, Gen.ULong, Gen.String)
            .Where(cursor => !double.IsNaN(cursor.Item4) && !cursor.Item6.Any(char.IsSurrogate))
            .Sample((order, descending, now, number, id, text) =>
            {
                var cursor = new JobCursor(order, descending, now, new(new(number, text), id));
                Assert.True(JobCursor.TryParse(cursor.ToString(), out var read));
                Assert.Equal(cursor, read);
            });

    private static JobListQuery With(JobFilter filter) => new() { Filter = filter };

    private static void AssertFound(JobListQuery query, params ulong[] ids) => Assert.Equal(ids, Run(query).Jobs.Select(entry => entry.Record.Id.Value));

    private static JobListPage Run(JobListQuery query) => query.Run(new JobTable(Some).Shelf(null), Now);

    private static JobEntry Named(ulong id, JobState state = JobState.Sched) => Entry(id, $"job{id % 10}", state, state == JobState.Inactive ? JobResult.Completed : JobResult.None);

    private static JobEntry Entry(
        ulong id, string name, JobState state, JobResult result = JobResult.None, string? queue = null, string? hosts = null, double? submit = null, double? run = null, long? priority = null) => new(
        new JobRecord
        {
            Id = new JobId(id),
            Name = name,
            State = state,
            Result = result,
            Queue = queue,
            NodeList = hosts,
            TSubmit = submit,
            TRun = run,
            TCleanup = state == JobState.Inactive ? 100 : null,
            Priority = priority,
        },
        null,
        JobOwner.Tenant(7));
}
