namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// One thing about each job of a chunk, side by side in memory: whoever looks at a hundred thousand jobs waits for memory, unless it reads it in a row. Made when
/// it is first asked for, kept by the chunk until one of its jobs changes.
/// </summary>
/// <typeparam name="TValues">What is kept for a chunk.</typeparam>
internal sealed class ChunkColumn<TValues>(Func<JobEntry[], TValues> make)
    where TValues : class
{
    public TValues Make(JobEntry[] entries) => make(entries);
}

internal static class ChunkColumn
{
    public static ChunkColumn<ulong[]> Ids { get; } = Of(entry => entry.Record.Id.Value);

    /// <summary>A value for each job.</summary>
    public static ChunkColumn<TValue[]> Of<TValue>(Func<JobEntry, TValue> value) => new(entries => Array.ConvertAll(entries, entry => value(entry)));
}
