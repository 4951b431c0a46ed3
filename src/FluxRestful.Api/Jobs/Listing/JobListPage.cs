using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>A page of a list.</summary>
/// <param name="Jobs">At most as many as were asked for.</param>
/// <param name="Next">Where the next page begins; null if this is the last.</param>
/// <param name="Matching">How many jobs fit the filter altogether.</param>
/// <param name="Counts">How many fit it in each group when its states and results are left out: what the tabs of a page show.</param>
/// <param name="Now">The moment for which durations are told, in seconds since 1970.</param>
internal sealed record JobListPage(IReadOnlyList<JobEntry> Jobs, JobCursor? Next, int Matching, JobCounts Counts, double Now);
