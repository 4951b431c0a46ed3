namespace FluxRestful.Contracts.Tokens;

/// <summary>A personal token that was just made.</summary>
/// <param name="Token">The token. It is shown this once.</param>
/// <param name="Info">What the list says of it.</param>
public sealed record CreatedPersonalToken(string Token, PersonalTokenInfo Info);
