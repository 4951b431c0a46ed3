namespace FluxRestful.Contracts.Jobs.Submitting;

/// <summary>The job that was made.</summary>
/// <param name="Id">Its id, an F58 string.</param>
public sealed record JobSubmitted(string Id);
