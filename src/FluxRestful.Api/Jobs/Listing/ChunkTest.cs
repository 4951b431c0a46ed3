using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>Takes the jobs of a chunk out that do not fit; none that was out comes in again.</summary>
internal delegate void ChunkTest(JobChunk chunk, Span<bool> fits);

internal static class ChunkTests
{
    /// <summary>By one value of each job.</summary>
    public static ChunkTest Of<TValue>(ChunkColumn<TValue[]> column, Predicate<TValue> test) => (chunk, fits) =>
    {
        var values = chunk.Column(column);
        for (var place = 0; place < fits.Length; place++)
        {
            fits[place] = fits[place] && test(values[place]);
        }
    };

    /// <summary>One after the other.</summary>
    public static ChunkTest All(IReadOnlyList<ChunkTest> tests) => tests is [var only] ? only : (chunk, fits) =>
    {
        foreach (var test in tests)
        {
            test(chunk, fits);
        }
    };
}
