namespace FluxRestful.Api.Jobs.Output;

/// <summary>Output that was read, and its share of the memory, which is free again when this is disposed.</summary>
internal sealed record OutputRead(IReadOnlyList<string> Lines, OutputView View) : IDisposable
{
    public void Dispose() => View.Dispose();
}
