namespace FluxRestful.Api.Access;

/// <summary>What somebody may be allowed to do. <see cref="Rights"/> says who may.</summary>
internal enum Permission
{
    /// <summary>See one's own jobs, their output and events.</summary>
    JobsRead,

    /// <summary>Submit jobs, and control one's own.</summary>
    JobsWrite,

    /// <summary>See everybody's jobs.</summary>
    JobsReadAll,

    /// <summary>Control everybody's jobs.</summary>
    JobsWriteAll,

    /// <summary>See nodes, queues and totals.</summary>
    ClusterRead,

    /// <summary>Drain nodes, stop queues.</summary>
    ClusterControl,

    /// <summary>End the instance.</summary>
    ServiceStop,

    /// <summary>See, make and change accounts.</summary>
    UsersAdmin,

    /// <summary>Set passwords of others, and make operators and superusers: whoever may could become anybody.</summary>
    UsersElevate,

    /// <summary>See who did what.</summary>
    AuditRead,

    /// <summary>Read the server's own measurements.</summary>
    MetricsRead,

    /// <summary>Make and revoke one's own tokens.</summary>
    OwnAccount,

    /// <summary>See one's own account and change its password: all that is left to whoever must do so.</summary>
    OwnPassword,
}
