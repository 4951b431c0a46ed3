using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>Some of the jobs that fit a search.</summary>
/// <param name="Total">How many jobs the tenant has.</param>
/// <param name="Matching">How many of them fit.</param>
/// <param name="Jobs">Those asked for.</param>
internal sealed record JobPage(int Total, int Matching, IReadOnlyList<JobRecord> Jobs);
