using System.Globalization;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Jobs;
using FluxRestful.Contracts.Cluster;
using FluxRestful.Core.Services;

namespace FluxRestful.Api.Cluster;

/// <summary>Which instance this server stands in front of.</summary>
internal sealed class InstanceReader(BrokerConnection broker, UnixAccount account, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private volatile InstanceInfo? _known;

    /// <summary>What is, or, where the broker does not answer soon, what last was.</summary>
    internal async Task<InstanceInfo> RecallAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception failure) when (_known is not null && BrokerProblem.Of(failure) is not null)
        {
            return _known;
        }
    }

    internal async Task<InstanceInfo> ReadAsync(CancellationToken cancellationToken)
    {
        var attributes = new BrokerAttributes(broker.Client);
        var state = new Instance(broker.Client).StateAsync(cancellationToken);
        var values = await Task.WhenAll(((string[])["version", "rank", "size", "broker.starttime"]).Select(name => attributes.GetAsync(name, cancellationToken)));
        return _known = new InstanceInfo(
            "flux-restful",
            ServerVersion.Text,
            "v1",
            account.Name,
            values[0] ?? "",
            int.Parse(values[1] ?? "0", CultureInfo.InvariantCulture),
            int.Parse(values[2] ?? "1", CultureInfo.InvariantCulture),
            (await state).State,
            double.TryParse(values[3], CultureInfo.InvariantCulture, out var started) ? DateTimeOffset.FromUnixTimeMilliseconds((long)(started * 1000)) : null);
    }
}
