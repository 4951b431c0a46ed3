using FluxRestful.Core.Framing;

namespace FluxRestful.Core.Rpc;

/// <summary>
/// In whose name a request is made. An owner's connection may write a user and roles into its requests; a user without a role would leave it
/// the owner's rights (surprise 26), so there is no way to make one: not by a constructor, not by <c>default</c>, not by <c>with</c>.
/// </summary>
public sealed class RpcCredential
{
    private const uint UserRole = 2;

    private RpcCredential(uint userId, uint roleMask)
    {
        UserId = userId;
        RoleMask = roleMask;
    }

    /// <summary>Whoever the connection is: the broker fills it in.</summary>
    public static RpcCredential Connection { get; } = new(FluxMessage.Any, 0);

    /// <summary>Written to the message as it is.</summary>
    public uint UserId { get; }

    /// <summary>Roles of RFC 12: OWNER 1, USER 2, LOCAL 4; 0 only together with <see cref="FluxMessage.Any"/>.</summary>
    public uint RoleMask { get; }

    /// <summary>A user with exactly a guest's rights.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="userId"/> stands for "any".</exception>
    public static RpcCredential Guest(uint userId)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(userId, FluxMessage.Any);
        return new RpcCredential(userId, UserRole);
    }
}
