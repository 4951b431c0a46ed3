using System.Globalization;
using FluxRestful.Api.Announcements;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;
using FluxRestful.Contracts.Cluster;

namespace FluxRestful.Api.Pages.Admin.Server;

/// <summary>Gathers what the page shows from those who know it; while Flux is away, what can be said without it.</summary>
internal sealed class SystemReader(
    ClusterReader cluster, InstanceReader instance, EffectiveSettings settings, BrokerConnection broker, DataDirectory data, AnnouncementBoard announcements)
{
    /// <summary>The last part of where the broker listens, for the name has to be typed.</summary>
    internal string InstanceName => broker.IsEmbedded ? "embedded" : Path.GetFileName(Path.GetDirectoryName(broker.Uri)) is { Length: > 0 } name ? name : "flux";

    internal async Task<SystemView> ReadAsync(
        IReadOnlyDictionary<string, string> form, IReadOnlyDictionary<string, string> errors, string? done, CancellationToken cancellationToken)
    {
        var (view, info) = await AskAsync(cancellationToken);
        return new SystemView(
            view?.Queues ?? [],
            [.. (view?.Nodes ?? []).Where(node => node.State is NodeState.Drained or NodeState.Draining)],
            settings.Read(),
            broker.IsEmbedded ? $"embedded, {broker.Uri}" : broker.Uri,
            string.Create(CultureInfo.InvariantCulture, $"SQLite, {data.DatabasePath}, {Size() / 1024.0:N0} KiB"),
            InstanceName,
            form,
            errors,
            info,
            announcements.Now?.Text,
            announcements.Now?.By,
            done);
    }

    // What is new lies in the log beside it until it is taken over.
    private long Size() => Length(data.DatabasePath) + Length(data.DatabasePath + "-wal");

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private async Task<(ClusterView? View, InstanceInfo? Info)> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ((await cluster.RecallAsync(cancellationToken)).View, await instance.RecallAsync(cancellationToken));
        }
        catch (Exception failure) when (BrokerProblem.Of(failure) is not null)
        {
            return (null, null);
        }
    }
}
