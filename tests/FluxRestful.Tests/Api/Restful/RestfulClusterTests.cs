using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Restful;

public sealed class RestfulClusterTests
{
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
