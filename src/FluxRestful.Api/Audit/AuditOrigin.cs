namespace FluxRestful.Api.Audit;

/// <summary>Who does something, and from where.</summary>
/// <param name="Actor">The tenant's name. In parentheses, which no name has, where it is none.</param>
/// <param name="Address">Null: it came by no network.</param>
internal sealed record AuditOrigin(string Actor, string? Address)
{
    /// <summary>Somebody who has not signed in.</summary>
    internal const string Nobody = "(nobody)";

    /// <summary>The server itself, or a verb inside the container.</summary>
    internal static readonly AuditOrigin Local = new("(local)", null);
}
