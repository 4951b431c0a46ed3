using FluxRestful.Contracts.Tenants;

namespace FluxRestful.Api.Pages.Admin.Users;

/// <summary>Some accounts.</summary>
/// <param name="Users">By name.</param>
/// <param name="Role">Only those of this role.</param>
/// <param name="State">Only those that are <c>open</c> or <c>disabled</c>.</param>
/// <param name="After">The name after which this begins.</param>
/// <param name="Next">The name after which the next page begins.</param>
/// <param name="Deleted">The account that was just deleted.</param>
public sealed record UsersView(IReadOnlyList<User> Users, string? Role, string? State, string? After, string? Next, string? Deleted);

/// <summary>One account.</summary>
/// <param name="User">As it is.</param>
/// <param name="Seen">Names this state of it.</param>
/// <param name="Form">What stands in the fields.</param>
/// <param name="Errors">What is wrong, by field; an empty name is the whole.</param>
/// <param name="Password">A generated password, to be shown this once.</param>
/// <param name="Done">What was just done.</param>
/// <param name="IsLastSuperuser">No other superuser can sign in.</param>
public sealed record UserView(User User, string Seen, UserForm Form, IReadOnlyDictionary<string, string> Errors, string? Password, string? Done, bool IsLastSuperuser = false);
