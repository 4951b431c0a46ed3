namespace FluxRestful.Api.Jobs.Past;

/// <summary>What only Flux had of the job is gone with it.</summary>
internal sealed class JobPurgedException() : Exception("Flux has purged the job: its jobspec, its resources and its event logs are gone. What is left is this server's record of it.");
