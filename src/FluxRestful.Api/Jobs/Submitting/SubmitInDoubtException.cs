namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>The broker was asked before and has not answered: to ask again could make a second job.</summary>
internal sealed class SubmitInDoubtException()
    : Exception("The broker has not answered the first submit with this key yet. Once it does, or is back, the job shows.");
