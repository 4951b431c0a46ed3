namespace FluxRestful.Api.Storage.Cluster;

/// <summary>What whoever runs the server has to say on every page. There is one, or none.</summary>
internal sealed class Announcement
{
    internal const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public required string Text { get; init; }

    public required string By { get; init; }

    public DateTimeOffset At { get; init; }
}
