using CsCheck;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Tests.Api.Jobs.Index;

public sealed class JobTableTests
{
    [Fact]
    public void Jobs_are_listed_waiting_by_priority_then_running_and_ended_newest_first()
    {
        var table = new JobTable();
        table.Put(Entry(1, JobState.Inactive, inactive: 10));
        table.Put(Entry(2, JobState.Inactive, inactive: 20));
        table.Put(Entry(3, JobState.Run, run: 5));
        table.Put(Entry(4, JobState.Run, run: 6));
        table.Put(Entry(5, JobState.Sched, priority: 16));
        table.Put(Entry(6, JobState.Sched, priority: 31));
        table.Put(Entry(7, JobState.Sched, priority: 16));

        Assert.Equal([6ul, 5, 7, 4, 3, 2, 1], table.Keys(null).Select(key => key.Id));
    }

    [Fact]
    public void An_owner_sees_its_own_jobs_only()
    {
        var table = new JobTable([Entry(1, owner: 7), Entry(2, owner: 8), Entry(3, owner: 0), Entry(4, owner: 7)]);

        Assert.Equal([1ul, 4], table.Keys(7).Select(key => key.Id));
        Assert.Equal([2ul], table.Keys(8).Select(key => key.Id));
        Assert.Empty(table.Keys(9));
        Assert.Equal(4, table.Keys(null).Count);
    }

    [Fact]
    public void A_purged_job_is_gone_from_every_listing()
    {
        var table = new JobTable([Entry(1, owner: 7), Entry(2, owner: 7)]);

        table.Remove(new JobId(1));

        Assert.Null(table.Find(new JobId(1)));
        Assert.Equal([2ul], table.Keys(7).Select(key => key.Id));
        Assert.Equal([2ul], table.Keys(null).Select(key => key.Id));
    }

    [Fact]
    public void Claims_are_settled_once_their_tenant_shows_up()
    {
        var claimed = Entry(1) with { Owner = JobOwner.Claim("alice"), Mark = new JobMark("alice", Guid.NewGuid()) };
        var table = new JobTable([claimed, Entry(2, owner: 8)]);
        Assert.Empty(table.Keys(7));

        var settled = table.Settle(7, "alice");

        Assert.Equal(1ul, Assert.Single(settled).Record.Id.Value);
        Assert.Equal([1ul], table.Keys(7).Select(key => key.Id));
        Assert.False(table.HasClaims("alice"));
        Assert.Empty(table.Settle(9, "alice"));
    }

    [Fact]
    public void A_claimed_job_that_goes_on_stays_claimed()
    {
        var claimed = Entry(1, JobState.Sched, priority: 16) with { Owner = JobOwner.Claim("alice") };
        var table = new JobTable([claimed]);

        table.Put(claimed with { Record = claimed.Record with { State = JobState.Run, TRun = 5 } });
        table.Settle(7, "alice");

        Assert.Equal(JobState.Run, table.Find(new JobId(1))!.Record.State);
        Assert.Equal([1ul], table.Keys(7).Select(key => key.Id));
    }

    [Fact]
    public void The_first_job_with_a_mark_is_remembered_until_it_is_purged()
    {
        var mark = new JobMark("alice", Guid.NewGuid());
        var table = new JobTable([Entry(1, owner: 7) with { Mark = mark }]);
        table.Put(Entry(2) with { Mark = mark });

        Assert.Equal(1ul, table.FirstWithMark(mark.Request));
        table.Remove(new JobId(2));
        Assert.Equal(1ul, table.FirstWithMark(mark.Request));
        table.Remove(new JobId(1));
        Assert.Null(table.FirstWithMark(mark.Request));
    }

    [Fact]
    public void Whatever_happens_every_listing_holds_exactly_what_it_should()
    {
        var step = Gen.Select(Gen.ULong[1, 12], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 5]);
        step.Array[0, 60].Sample(steps =>
        {
            var table = new JobTable();
            var model = new Dictionary<ulong, JobEntry>();
            foreach (var (id, kind, owner, rank) in steps)
            {
                if (kind == 3)
                {
                    table.Remove(new JobId(id));
                    model.Remove(id);
                    continue;
                }

                var entry = kind switch
                {
                    0 => Entry(id, JobState.Sched, owner, priority: rank),
                    1 => Entry(id, JobState.Run, owner, run: rank),
                    _ => Entry(id, JobState.Inactive, owner, inactive: rank),
                };
                table.Put(entry);
                model[id] = entry;
            }

            return Same(table.Keys(null), model.Values)
                && Enumerable.Range(1, 3).All(owner => Same(table.Keys(owner), model.Values.Where(entry => entry.Owner.TenantId == owner)));
        });

        static bool Same(IEnumerable<JobKey> keys, IEnumerable<JobEntry> entries) =>
            keys.SequenceEqual(entries.Select(entry => JobKey.Of(entry.Record)).Order());
    }

    internal static JobEntry Entry(
        ulong id, JobState state = JobState.Run, int owner = 0, long? priority = null, double? run = null, double? inactive = null) => new(
        new JobRecord { Id = new JobId(id), State = state, Priority = priority, TRun = run, TInactive = inactive, TSubmit = id },
        null,
        owner == 0 ? JobOwner.Nobody : JobOwner.Tenant(owner));
}
