using CsCheck;
using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using Microsoft.Extensions.Options;

namespace FluxRestful.Tests.Api.Jobs.Events;

public sealed class JobEventHubTests
{
    [Fact]
    public void A_follower_gets_the_events_of_the_jobs_that_are_asked_for_and_no_others()
    {
        var hub = Hub();
        using var all = hub.Follow(1, null, null, null)!;
        using var ofSeven = hub.Follow(7, 7, null, null)!;
        using var ofJob = hub.Follow(7, 7, new JobId(3), null)!;
        using var ofStrangersJob = hub.Follow(7, 7, new JobId(2), null)!;

        hub.Publish(Notice(1, job: 1, owner: 7));
        hub.Publish(Notice(2, job: 2, owner: 8));
        hub.Publish(Notice(3, job: 3, owner: 7));
        hub.Publish(Notice(4, job: 4, owner: 0));

        Assert.Equal([1, 2, 3, 4], Read(all));
        Assert.Equal([1, 3], Read(ofSeven));
        Assert.Equal([3], Read(ofJob));
        Assert.Empty(Read(ofStrangersJob));
    }

    // Somebody who comes and goes, with the last id that he has, sees all or is told that he does not.
    [Fact]
    public void Whoever_comes_back_gets_every_event_once_or_is_told_to_begin_anew() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 30], Gen.Select(Gen.Int[0, 20], Gen.Int[0, 40], Gen.Int[0, 20]).Array[1, 20]).Sample((window, queue, visits) =>
        {
            var hub = Hub(window, queue);
            var next = 0L;
            JobEventId seen = new("a", 0);
            foreach (var (before, during, read) in visits)
            {
                Publish(before);
                using var follower = hub.Follow(7, 7, null, seen)!;
                var expected = seen.Sequence + 1;
                foreach (var notice in follower.Missed)
                {
                    if (notice.Kind == "reset")
                    {
                        Assert.True(before > window || next > window);
                        expected = notice.Id.Sequence + 1;
                    }
                    else
                    {
                        Assert.Equal(expected++, notice.Id.Sequence);
                    }

                    seen = notice.Id;
                }

                Assert.Equal(next, expected - 1);
                Publish(during);
                for (var i = 0; i < read && follower.Notices.TryRead(out var notice); i++)
                {
                    Assert.Equal(expected++, notice.Id.Sequence);
                    seen = notice.Id;
                }
            }

            void Publish(int count)
            {
                for (var i = 0; i < count; i++)
                {
                    hub.Publish(Notice(++next, 1, 7));
                }
            }
        });

    [Fact]
    public void Who_comes_from_another_life_or_from_the_future_begins_anew()
    {
        var hub = Hub();
        hub.Publish(Notice(1, 1, 7));
        foreach (var after in (JobEventId[])[new("b", 1), new("a", 2), JobEventId.Parse("nonsense"), JobEventId.Parse("")])
        {
            using var follower = hub.Follow(7, 7, null, after)!;
            Assert.Equal(["reset"], follower.Missed.Select(notice => notice.Kind));
        }
    }

    [Fact]
    public async Task When_the_index_begins_anew_every_follower_is_told()
    {
        var hub = Hub();
        using var follower = hub.Follow(7, 7, new JobId(1), null)!;
        hub.Publish(Notice(1, 1, 7));

        hub.Reset(new("b", 1));

        await follower.Notices.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("reset", (await follower.Notices.ReadAsync(TestContext.Current.CancellationToken)).Kind);
        using var old = hub.Follow(7, 7, null, new JobEventId("a", 1))!;
        Assert.Equal("reset", Assert.Single(old.Missed).Kind);
    }

    [Fact]
    public async Task Who_does_not_keep_up_is_cut_and_the_others_are_not()
    {
        var hub = Hub(queue: 3);
        using var slow = hub.Follow(7, 7, null, null)!;
        using var quick = hub.Follow(7, 7, null, null)!;
        for (var i = 1; i <= 10; i++)
        {
            hub.Publish(Notice(i, 1, 7));
            Assert.True(quick.Notices.TryRead(out _));
        }

        Assert.Equal([1, 2, 3], Read(slow));
        Assert.False(await slow.Notices.WaitToReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_tenant_has_so_many_streams_and_no_more_until_it_leaves_one()
    {
        var hub = Hub(streams: 2);
        var first = hub.Follow(7, 7, null, null);
        var second = hub.Follow(7, 7, null, null);
        Assert.NotNull(second);
        Assert.Null(hub.Follow(7, 7, null, null));
        using var others = hub.Follow(8, 8, null, null);
        Assert.NotNull(others);

        first!.Dispose();
        first.Dispose();
        using var third = hub.Follow(7, 7, null, null);
        Assert.NotNull(third);
        Assert.Null(hub.Follow(7, 7, null, null));
        second.Dispose();
    }

    [Fact]
    public void The_window_is_bounded_in_bytes_too()
    {
        var hub = new JobEventHub(Options.Create(new JobEventOptions { WindowBytes = 1024 }));
        hub.Reset(new("a", 0));
        for (var i = 1; i <= 10; i++)
        {
            hub.Publish(Notice(i, 1, 7) with { Json = new byte[500] });
        }

        using var recent = hub.Follow(7, 7, null, new JobEventId("a", 8))!;
        Assert.Equal([9, 10], recent.Missed.Select(notice => notice.Id.Sequence));
        using var old = hub.Follow(7, 7, null, new JobEventId("a", 7))!;
        Assert.Equal("reset", Assert.Single(old.Missed).Kind);
    }

    private static JobEventHub Hub(int window = 100, int queue = 100, int streams = 100)
    {
        var hub = new JobEventHub(Options.Create(new JobEventOptions { Window = window, Queue = queue, StreamsPerTenant = streams }));
        hub.Reset(new("a", 0));
        return hub;
    }

    private static JobNotice Notice(long sequence, ulong job, int owner) => JobNotice.Of(
        new("a", sequence),
        new JobEntry(new JobRecord { Id = new JobId(job), State = JobState.Run }, null, owner == 0 ? JobOwner.Nobody : JobOwner.Tenant(owner)),
        new JobEvent(1, "start", null));

    private static List<long> Read(JobFollower follower)
    {
        var read = new List<long>();
        while (follower.Notices.TryRead(out var notice))
        {
            read.Add(notice.Id.Sequence);
        }

        return read;
    }
}
