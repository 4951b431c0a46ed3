using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs;

/// <summary>
/// What stands in an address where a job's id belongs, in any of Flux's encodings, for routes that answer a text that is none in their own words; where a plain
/// problem will do, a route takes a <see cref="JobId"/>.
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Id">The id; null: it is none.</param>
internal readonly record struct GivenJobId(string Text, JobId? Id)
{
    /// <summary>What an id is.</summary>
    internal const string Forms = "A job's id is a number, begins with f or ƒ (ƒ2hQ7Lx), or is hexadecimal with dots (0000.0123.abcd.0000).";

    /// <summary>Binds whatever is there.</summary>
    public static bool TryParse(string? text, out GivenJobId given)
    {
        given = new(text ?? "", JobId.TryParse(text, out var id) ? id : null);
        return true;
    }

    /// <summary>Those of many that are ids, each once.</summary>
    internal static IEnumerable<JobId> Of(IEnumerable<string?>? texts) =>
        (texts ?? []).Select(text => JobId.TryParse(text, out var id) ? id : (JobId?)null).OfType<JobId>().Distinct();
}
