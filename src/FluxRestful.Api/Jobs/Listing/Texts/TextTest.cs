using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Listing.Texts;

/// <summary>Jobs in which each of the words stands somewhere, in any case; or whose id the text is, in any encoding.</summary>
internal sealed class TextTest(string text)
{
    private readonly JobId? _id = JobId.TryParse(text.Trim(), out var id) ? id : null;
    private readonly byte[][] _words = [.. SearchWords.Of(text).Select(ChunkTexts.Capitals)];
    private readonly bool _isNowhere = text.Contains(ChunkTexts.Between, StringComparison.Ordinal);

    public void Keep(JobChunk chunk, Span<bool> fits)
    {
        var place = _id is { } id ? chunk.Find(id.Value) : -1;
        var isWanted = place >= 0 && fits[place];
        if (_isNowhere)
        {
            fits.Clear();
        }
        else
        {
            var texts = chunk.Column(ChunkTexts.Column);
            foreach (var word in _words)
            {
                texts.Keep(word, fits);
            }
        }

        if (isWanted)
        {
            fits[place] = true;
        }
    }
}
