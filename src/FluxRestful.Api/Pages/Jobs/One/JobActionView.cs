using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Pages.Jobs.One;

/// <summary>A question about what is to be done to a job.</summary>
/// <param name="Action">signal, urgency, limit or memo.</param>
/// <param name="Value">What stands in the field.</param>
/// <param name="Error">Why it was not done.</param>
public sealed record JobActionView(JobRecord Job, string Action, string Value, string? Error);
