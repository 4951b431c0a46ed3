namespace FluxRestful.Contracts.Tokens;

/// <summary>A browser that signed in with the form.</summary>
/// <param name="Id">To end it by.</param>
/// <param name="Current">It is the one that asks.</param>
/// <param name="CreatedAt">When it signed in.</param>
/// <param name="LastSeenAt">When it last asked for something.</param>
/// <param name="ExpiresAt">When it ends however much it is used. One that is not used for twelve hours ends before.</param>
/// <param name="Address">Where it signed in from.</param>
/// <param name="Agent">Browser and system in a few words, as it named itself: <c>Firefox on Linux</c>. At most 64 characters.</param>
public sealed record BrowserSessionInfo(
    int Id, bool Current, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address = null, string? Agent = null);
