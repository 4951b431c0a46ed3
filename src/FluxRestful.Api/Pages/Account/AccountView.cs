using FluxRestful.Contracts.Tenants;

namespace FluxRestful.Api.Pages.Account;

/// <summary>What the page shows.</summary>
/// <param name="Me">The account.</param>
/// <param name="Origin">Where this server is, for programs.</param>
/// <param name="Errors">What is wrong with a new password, by field; an empty name is the whole.</param>
/// <param name="IsChanged">The password has just been changed.</param>
public sealed record AccountView(User Me, string Origin, IReadOnlyDictionary<string, string> Errors, bool IsChanged);
