using FluxRestful.Contracts.Tokens;

namespace FluxRestful.Api.Pages.Account.Tokens;

/// <summary>Personal tokens, and the form that makes one.</summary>
/// <param name="Name">Whose they are.</param>
/// <param name="Origin">Where this server is, for programs.</param>
/// <param name="Tokens">The oldest first.</param>
/// <param name="Sessions">The browsers that are signed in.</param>
/// <param name="Scopes">What a token of this tenant could be narrowed to.</param>
/// <param name="LongestDays">How long one may last.</param>
/// <param name="Form">What stands in the form.</param>
/// <param name="Errors">What is wrong with it, by field; an empty name is the whole.</param>
/// <param name="Made">A token that was just made, to be shown this once.</param>
/// <param name="Done">What was just done.</param>
public sealed record TokensView(
    string Name,
    string Origin,
    IReadOnlyList<PersonalTokenInfo> Tokens,
    IReadOnlyList<BrowserSessionInfo> Sessions,
    IReadOnlyList<string> Scopes,
    int LongestDays,
    TokenForm Form,
    IReadOnlyDictionary<string, string> Errors,
    CreatedPersonalToken? Made,
    string? Done);

/// <summary>A token as somebody types it.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may.</param>
/// <param name="Days">How long it lasts.</param>
/// <param name="Networks">From where it may be used.</param>
public sealed record TokenForm(string Name, IReadOnlyList<string> Scopes, string Days, string Networks)
{
    internal static readonly TokenForm Empty = new("", ["jobs:read"], "90", "");

    internal static TokenForm Read(IFormCollection sent) => new(
        sent["name"].ToString().Trim(), [.. sent["scopes"].OfType<string>()], sent["days"].ToString().Trim(), sent["networks"].ToString().Trim());
}
