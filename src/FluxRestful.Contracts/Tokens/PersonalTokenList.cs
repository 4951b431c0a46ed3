namespace FluxRestful.Contracts.Tokens;

/// <summary>A tenant's personal tokens.</summary>
/// <param name="Tokens">The oldest first.</param>
public sealed record PersonalTokenList(IReadOnlyList<PersonalTokenInfo> Tokens);
