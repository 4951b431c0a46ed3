using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Restful;

public sealed class RestfulClusterTests
{
    // As the recorded server did on four brokers of one host, and as its client's own test wants it.
    [Fact]
    public async Task A_host_with_several_brokers_is_named_once()
    {
        await using var broker = new FakeBroker();
        broker.On("job-manager.events-journal", call => call.Cancelled);
        const string none = """{"version":1,"execution":{"R_lite":[],"starttime":0.0,"expiration":0.0,"nodelist":[""]}}""";
        const string four = """{"version":1,"execution":{"R_lite":[{"rank":"0-3","children":{"core":"0-1"}}],"starttime":0.0,"expiration":0.0,"nodelist":["vm,vm,other,vm"]}}""";
        broker.Answers("resource.sched-status", $$"""{"all":{{four}},"down":{{none}},"allocated":{{none}}}""");
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        await Eventually.TrueAsync(() => broker.Requests.Any(request => request.Topic == "job-manager.events-journal"), CancellationToken.None);

        var nodes = (await RestfulApp.GetAsync(app.Alice, "/v1/nodes")).GetProperty("nodes").EnumerateArray().Select(node => node.GetString());

        Assert.Equal(["vm", "other"], nodes);
    }

    [Fact]
    public async Task Only_a_superuser_stops_the_instance()
    {
        await using var broker = new FakeBroker();
        broker.On("job-manager.events-journal", call => call.Cancelled);
        broker.Answers("shutdown.start");
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        await Eventually.TrueAsync(() => broker.Requests.Any(request => request.Topic == "job-manager.events-journal"), CancellationToken.None);

        await RestfulApp.PostAsync(app.Alice, "/v1/service/stop", status: 400);
        Assert.DoesNotContain(broker.Requests, request => request.Topic == "shutdown.start");

        await RestfulApp.PostAsync(app.Superuser, "/v1/service/stop");
        Assert.Contains(broker.Requests, request => request.Topic == "shutdown.start");
    }
}
