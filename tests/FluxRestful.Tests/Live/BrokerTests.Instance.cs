using System.Globalization;
using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Rpc;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Live;

// The instance itself: attributes, resources, loss and return.
public abstract partial class BrokerTests
{
    [Fact]
    public async Task The_broker_says_who_it_is()
    {
        Assert.Equal(UserId.Mine.ToString(CultureInfo.InvariantCulture), await AttributeAsync("security.owner"));
        Assert.Equal("0", await AttributeAsync("rank"));
        Assert.Equal("0", await AttributeAsync("instance-level"));
        Assert.NotEmpty(await AttributeAsync("version"));
        Assert.Equal(Hostlist.Parse(await AttributeAsync("hostlist")).Count, int.Parse(await AttributeAsync("size"), CultureInfo.InvariantCulture));
        Assert.Equal((Errno.ENOENT, Errno.Describe(Errno.ENOENT)), await Broker.RefusalAsync("attr.get", new { name = "no.such.attribute" }));
        Assert.Equal("run", (await Broker.CallAsync("state-machine.get")).GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Object, (await Broker.CallAsync("config.get")).ValueKind);
    }

    [Fact]
    public async Task What_a_job_uses_is_allocated_while_it_runs()
    {
        var (all, down, before) = await ResourcesAsync();
        Assert.True(all.CoreCount > 0);
        Assert.Equal(0, down.NodeCount);
        Assert.Equal(0, before.CoreCount);

        var id = await Broker.SubmitAsync(Jobspecs.Of("sleep", "60").Tasks(1, cores: 2));
        await Broker.ExecEventAsync(id, "shell.start");
        Assert.Equal(2, (await ResourcesAsync()).Allocated.CoreCount);
        await Broker.CancelAsync(id);
        await Broker.EndAsync(id);

        // "free" comes before "clean", and the scheduler hears of it from there.
        await Eventually.TrueAsync(async () => (await ResourcesAsync()).Allocated.CoreCount == 0, BrokerSession.Patience, Broker.Token);
    }

    [Fact]
    public async Task All_nodes_are_online()
    {
        var status = await Broker.CallAsync("resource.status");

        var size = int.Parse(await AttributeAsync("size"), CultureInfo.InvariantCulture);
        Assert.Equal(size, IdSet.Parse(status.GetProperty("online").GetString()!).Count);
        Assert.Equal("", status.GetProperty("offline").GetString());
        Assert.Empty(status.GetProperty("drain").EnumerateObject());
        Assert.Equal(size, ResourceSet.FromJson(status.GetProperty("R")).NodeCount);
    }

    [Fact]
    public async Task A_client_finds_a_broker_that_was_away()
    {
        var directory = Directory.CreateTempSubdirectory("flux-restful-again-").FullName;
        try
        {
            await using var session = new BrokerSession(FluxInstance.UriIn(directory));
            var absent = await Assert.ThrowsAsync<BrokerDisconnectedException>(() => session.CallAsync("attr.get", new { name = "size" }));
            Assert.Equal(Errno.ENOENT, absent.ConnectErrnum);

            Task watching;
            await using (await StartAsync(directory, session.Token))
            {
                await ConnectAsync(session);
                Assert.Equal(1, session.Client.Generation);
                var job = await session.SubmitAsync("sleep", "60");
                await session.ExecEventAsync(job, "shell.start");
                watching = session.OutputEventsAsync(job);
            }

            await session.Client.WaitForLossAsync(1, session.Token);
            Assert.False(session.Client.IsConnected);
            Assert.True(await Record.ExceptionAsync(() => watching) is null or BrokerException);

            await using (await StartAsync(directory, session.Token))
            {
                await ConnectAsync(session);
                Assert.Equal(2, session.Client.Generation);
                Assert.Equal(JobResult.Completed, ResultOf(await session.RunAsync(Jobspecs.Of("true"))));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        static Task ConnectAsync(BrokerSession session) => Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await session.Client.ConnectAsync(session.Token);
                    return true;
                }
                catch (BrokerDisconnectedException)
                {
                    return false;
                }
            },
            BrokerSession.Patience,
            session.Token);
    }

    private async Task<string> AttributeAsync(string name) => (await Broker.CallAsync("attr.get", new { name })).GetProperty("value").GetString()!;

    private async Task<(ResourceSet All, ResourceSet Down, ResourceSet Allocated)> ResourcesAsync()
    {
        var status = await Broker.CallAsync("resource.sched-status");
        return (Set("all"), Set("down"), Set("allocated"));

        ResourceSet Set(string name) => ResourceSet.FromJson(status.GetProperty(name));
    }
}
