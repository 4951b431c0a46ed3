namespace FluxRestful.Api.Storage.Tokens;

/// <summary>A browser that signed in with the form. A cookie is good as long as its row is here.</summary>
internal sealed class BrowserSession
{
    public int Id { get; init; }

    /// <summary>Random; the sealed cookie names it.</summary>
    public required string Key { get; init; }

    public int TenantId { get; init; }

    /// <summary>The tenant's at the sign-in: the session ends when the tenant has another.</summary>
    public required string Stamp { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>However much it is used.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>About: written once a minute, not at each use.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Where it signed in from.</summary>
    public string? Address { get; init; }

    /// <summary>Browser and system in a few words, as it names itself.</summary>
    public string? Agent { get; init; }
}
