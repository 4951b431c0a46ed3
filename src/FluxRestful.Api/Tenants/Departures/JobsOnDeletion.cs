namespace FluxRestful.Api.Tenants.Departures;

/// <summary>What becomes of the jobs of an account that is deleted.</summary>
internal enum JobsOnDeletion
{
    /// <summary>The account is not deleted while it has jobs that have not ended.</summary>
    Refuse,

    /// <summary>They are cancelled.</summary>
    Cancel,

    /// <summary>They run on; superusers and operators see to them.</summary>
    Leave,
}
