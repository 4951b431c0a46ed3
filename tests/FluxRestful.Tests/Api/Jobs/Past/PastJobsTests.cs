using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Jobs.Past;

/// <summary>The records of ended jobs on a server whose clock stands still: nothing is written but what a test has written.</summary>
public sealed class PastJobsTests
{
    private const int Alice = 7;

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_than_the_queue_takes_is_written_all_the_same_and_once()
    {
        await using var app = Start();
        var (past, index) = Parts(app);
        var jobs = Enumerable.Range(1, 10_000).Select(id => Entry((ulong)id)).ToList();
        index.Replace(new JobTable(jobs));
        jobs.ForEach(past.Note);
        await past.FlushAsync(Token);
        Assert.Equal(10_000, Count(app));

        past.CatchUp();
        past.Note(jobs[0]);
        await past.FlushAsync(Token);
        Assert.Equal(10_000, Count(app));
    }

    [Fact]
    public async Task What_ended_while_no_server_ran_is_found_in_the_backlog()
    {
        await using var app = Start();
        var (past, index) = Parts(app);
        index.Replace(new JobTable([Entry(1), Entry(2, ended: -100), Entry(3) with { Record = new JobRecord { Id = new(3), State = JobState.Run, TSubmit = 1 } }]));
        past.CatchUp();
        await past.FlushAsync(Token);
        await using var db = app.OpenDatabase();
        Assert.Equal([1L], db.EndedJobs.Select(row => row.JobId));
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_when_it_can_be()
    {
        await using var app = Start();
        var (past, index) = Parts(app);
        index.Replace(new JobTable([Entry(1)]));
        await using (var db = app.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"EndedJobs\" RENAME TO \"Elsewhere\"", Token);
        }

        past.Note(Entry(1));
        await Assert.ThrowsAnyAsync<Exception>(() => past.FlushAsync(Token));
        await using (var db = app.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Elsewhere\" RENAME TO \"EndedJobs\"", Token);
        }

        await past.FlushAsync(Token);
        Assert.Equal(1, Count(app));
    }

    [Fact]
    public async Task After_ninety_days_a_record_goes_from_the_database_and_from_the_index()
    {
        await using var app = Start();
        var (past, index) = Parts(app);
        index.Replace(new JobTable([Entry(1, ended: -80), Entry(2, ended: -1)]));
        past.CatchUp();
        await past.FlushAsync(Token);
        past.Purge(new(1));
        past.Purge(new(2));
        Assert.Equal(2, index.Shelf(Alice)[JobGroup.Completed].Count);

        _time.Advance(TimeSpan.FromDays(11));
        await past.TrimAsync(Token);

        Assert.Null(index.Find(new(1)));
        Assert.True(index.Find(new(2))?.IsPurged);
        await using var db = app.OpenDatabase();
        Assert.Equal([2L], db.EndedJobs.Select(row => row.JobId));
    }

    [Fact]
    public async Task Beyond_what_is_listed_a_job_is_found_by_its_id_and_counted()
    {
        await using var app = Start(("PastJobs:Listed", "2"));
        var (past, index) = Parts(app);
        JobEntry[] jobs = [.. Enumerable.Range(1, 5).Select(id => Entry((ulong)id, ended: -10 + id))];
        index.Replace(new JobTable(jobs));
        past.CatchUp();
        await past.FlushAsync(Token);
        foreach (var job in jobs)
        {
            past.Purge(job.Record.Id);
        }

        await LooksRightAsync(past, index);

        // The same after a start: from the database, and one of them is still there at the broker.
        using var second = new JobIndex(_time);
        var fresh = new PastJobs(
            app.Services.GetRequiredService<PastJobStore>(), second, Microsoft.Extensions.Options.Options.Create(new PastJobOptions { Listed = 2 }), _time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<PastJobs>.Instance);
        second.Replace(new JobTable([], await fresh.EarlierAsync([], Token)));
        await LooksRightAsync(fresh, second);

        // The broker was away; what was known stays known.
        second.Replace(new JobTable([jobs[4]], await fresh.EarlierAsync([jobs[4]], Token)));
        Assert.False(second.Find(new(5))!.IsPurged);
        Assert.Equal([1UL, 2, 3], await BeyondAsync(fresh, second));
        fresh.Dispose();

        static async Task LooksRightAsync(PastJobs past, JobIndex index)
        {
            Assert.Equal([4UL, 5], index.Shelf(Alice)[JobGroup.Completed].Read(descending: false).Select(entry => entry.Record.Id.Value));
            Assert.Equal([1UL, 2, 3], await BeyondAsync(past, index));
            var found = await past.FindAsync(new(1), Token);
            Assert.Equal((true, Alice, "alice"), (found!.IsPurged, found.Owner.TenantId, found.OwnerName));
            Assert.Null(await past.FindAsync(new(99), Token));
        }

        static async Task<List<ulong>> BeyondAsync(PastJobs past, JobIndex index)
        {
            var ids = new List<ulong>();
            await foreach (var entry in past.BeyondIndexAsync(0, index.Edge, Alice, Token))
            {
                ids.Add(entry.Record.Id.Value);
            }

            return [.. ids.Order()];
        }
    }

    [Fact]
    public async Task A_new_job_with_the_id_of_a_purged_one_is_another_and_both_count()
    {
        await using var app = Start();
        var (past, index) = Parts(app);
        index.Replace(new JobTable([Entry(1)]));
        past.CatchUp();
        await past.FlushAsync(Token);
        past.Purge(new(1));

        index.Update(new JobRecord { Id = new(1), State = JobState.Run, TSubmit = 99 });

        Assert.Equal((JobOwner.Nobody, false), (index.Find(new(1))!.Owner, index.Find(new(1))!.IsPurged));
        Assert.Equal(0, index.Count(Alice));
        Assert.Equal(0, index.Shelf(Alice)[JobGroup.Completed].Count);
        var beyond = await past.BeyondIndexAsync(0, index.Edge, null, Token).ToListAsync(Token);
        Assert.Equal(Entry(1).Record.TSubmit, Assert.Single(beyond).Record.TSubmit);
    }

    [Fact]
    public async Task A_purge_that_is_heard_of_before_the_end_loses_nothing()
    {
        await using var app = Start();
        var (past, index) = Parts(app);
        index.Replace(new JobTable([Entry(1) with { Record = new JobRecord { Id = new(1), State = JobState.Cleanup, TSubmit = 1 } }]));
        past.Purge(new(1));
        Assert.False(index.Find(new(1))!.IsPurged);
        index.Put(Entry(1));
        past.Note(index.Find(new(1))!);
        Assert.True(index.Find(new(1))!.IsPurged);
    }

    [Fact]
    public async Task Whose_a_job_is_may_be_settled_later()
    {
        await using var app = Start();
        var (past, index) = Parts(app);
        index.Replace(new JobTable([Entry(1) with { Owner = JobOwner.Claim("alice") }]));
        past.CatchUp();
        await past.FlushAsync(Token);
        past.Purge(new(1));
        past.Note(Assert.Single(index.Settle(Alice, "alice")));
        await past.FlushAsync(Token);
        await using var db = app.OpenDatabase();
        Assert.Equal((Alice, "alice"), (db.EndedJobs.Single().TenantId, db.EndedJobs.Single().Owner));
        Assert.True(index.Find(new(1))!.IsPurged);
        Assert.Equal(1, index.Shelf(Alice)[JobGroup.Completed].Count);
        Assert.Equal(0, index.Count(Alice));
    }

    private static (PastJobs Past, JobIndex Index) Parts(TestApp app) => (app.Services.GetRequiredService<PastJobs>(), app.Services.GetRequiredService<JobIndex>());

    private static int Count(TestApp app)
    {
        using var db = app.OpenDatabase();
        return db.EndedJobs.Count();
    }

    private static JobEntry Entry(ulong id, int ended = 0)
    {
        var end = Now.AddDays(ended).ToUnixTimeMilliseconds() / 1000.0;
        var record = new JobRecord { Id = new(id), State = JobState.Inactive, Result = JobResult.Completed, TSubmit = end - 10, TRun = end - 5, TInactive = end };
        return new JobEntry(record, new JobMark("alice", Guid.NewGuid()), JobOwner.Tenant(Alice));
    }

    private TestApp Start(params (string Name, string Value)[] settings)
    {
        var app = new TestApp { Time = _time };
        foreach (var (name, value) in settings)
        {
            app.Settings[name] = value;
        }

        return app;
    }
}
