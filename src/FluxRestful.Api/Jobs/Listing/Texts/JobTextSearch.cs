using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Listing.Texts;

/// <summary>Jobs in which a text stands, in any case; or whose id it is, in any encoding.</summary>
internal sealed class JobTextSearch(string text)
{
    private readonly JobId? _id = JobId.TryParse(text, out var id) ? id : null;
    private readonly KnownTexts _known = new(value => value.Contains(text, StringComparison.OrdinalIgnoreCase));

    public bool Fits(JobRecord job) =>
        job.Id == _id || Has(job.Name) || Has(job.Queue) || Has(job.NodeList) || Has(job.Cwd)
        || job.Exception?.Note.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private bool Has(string? value) => value is not null && _known.Fits(value);
}
