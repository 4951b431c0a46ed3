namespace FluxRestful.Api.Tenants;

/// <summary>What came of the wish to make or change an account.</summary>
internal enum AccountOutcome
{
    Done,

    /// <summary>There is no such account.</summary>
    Unknown,

    /// <summary>There is one of that name.</summary>
    Taken,

    /// <summary>Nobody could administer the server afterwards.</summary>
    LastSuperuser,

    /// <summary>Nobody removes, disables or demotes himself.</summary>
    OwnAccount,

    /// <summary>It was changed since the asker saw it.</summary>
    Outdated,

    /// <summary>It has jobs that have not ended, and they were not to be touched.</summary>
    HasJobs,
}
