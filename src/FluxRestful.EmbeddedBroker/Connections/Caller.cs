using FluxRestful.Core.Framing;

namespace FluxRestful.EmbeddedBroker.Connections;

/// <summary>On whose behalf a request comes (RFC 12).</summary>
internal readonly record struct Caller(uint UserId, uint RoleMask)
{
    public const uint Owner = 1;
    public const uint User = 2;
    public const uint Local = 4;

    public bool IsOwner => (RoleMask & Owner) != 0;

    /// <summary>
    /// An owner may stamp a request with another's credential and is then that user.
    /// A user id without a role leaves the owner's rights on (surprise 26); a guest's stamp is ignored.
    /// </summary>
    public Caller StampedBy(FluxMessage request) => !IsOwner
        ? this
        : new Caller(request.UserId == FluxMessage.Any ? UserId : request.UserId, request.RoleMask == 0 ? RoleMask : request.RoleMask);
}
