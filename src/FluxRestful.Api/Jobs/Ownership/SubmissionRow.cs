namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>What the database says of one request to submit: whose it was, and which job it became, if that is known.</summary>
internal sealed record SubmissionRow(int TenantId, ulong? JobId);
