namespace FluxRestful.Api.Access;

/// <summary>What a tenant is here for. Stored by number: never reorder.</summary>
internal enum Role
{
    /// <summary>Sees its own jobs and the cluster, changes nothing.</summary>
    Viewer = 0,

    /// <summary>Submits jobs and controls its own.</summary>
    User = 1,

    /// <summary>Sees and controls everybody's jobs, nodes and queues; has no say over accounts.</summary>
    Operator = 2,

    /// <summary>May do everything.</summary>
    Superuser = 3,
}
