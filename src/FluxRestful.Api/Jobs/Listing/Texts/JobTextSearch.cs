using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Listing.Texts;

/// <summary>Jobs in which each of the words stands somewhere, in any case; or whose id the text is, in any encoding. For one search, by one thread.</summary>
internal sealed class JobTextSearch(string text)
{
    private readonly JobId? _id = JobId.TryParse(text.Trim(), out var id) ? id : null;
    private readonly KnownTexts[] _words = [.. SearchWords.Of(text).Select(word => new KnownTexts(value => value.Contains(word, StringComparison.OrdinalIgnoreCase)))];

    public bool Fits(JobEntry entry)
    {
        if (entry.Record.Id == _id)
        {
            return true;
        }

        foreach (var word in _words)
        {
            if (!Fits(word, entry))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(KnownTexts word, JobEntry entry)
    {
        var job = entry.Record;
        return Has(word, job.Name) || Has(word, job.Command) || Has(word, entry.OwnerName) || Has(word, job.Queue) || Has(word, job.NodeList) || Has(word, job.Cwd)
            || Has(word, job.Exception?.Note);
    }

    private static bool Has(KnownTexts word, string? value) => value is not null && word.Fits(value);
}
