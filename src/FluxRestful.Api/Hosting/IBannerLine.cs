namespace FluxRestful.Api.Hosting;

/// <summary>Something the server says of itself when it starts.</summary>
internal interface IBannerLine
{
    /// <summary>What it is about, in a word or two: <c>Broker</c>.</summary>
    public string Name { get; }

    /// <summary>Read when the server has started. Nothing secret.</summary>
    public string Value { get; }
}
