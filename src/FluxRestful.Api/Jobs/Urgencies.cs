using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Jobs;

/// <summary>What urgencies there are, and who may ask for which: the one rule for submitting and for changing.</summary>
internal static class Urgencies
{
    internal const int Held = 0;
    internal const int Usual = 16;
    internal const int Highest = 31;

    internal static readonly string TooHigh = $"An urgency of more than {Usual} is for operators and superusers.";

    /// <summary>
    /// Tenants are to this server what guests are to Flux, which lets nobody but the instance's owner go above the usual urgency; whoever may control
    /// everybody's jobs may here.
    /// </summary>
    internal static bool MayAskForUrgency(this CurrentTenant tenant, int urgency) => urgency <= Usual || tenant.May(Permission.JobsWriteAll);
}
