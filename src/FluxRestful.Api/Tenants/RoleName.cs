using FluxRestful.Api.Access;

namespace FluxRestful.Api.Tenants;

/// <summary>Roles as they are written: <c>viewer</c>, <c>user</c>, <c>operator</c>, <c>superuser</c>.</summary>
internal static class RoleName
{
    internal const string Choices = "viewer, user, operator, superuser";

    internal static string Of(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        Role.Superuser => "superuser",
        _ => "user",
    };

    internal static Role? Parse(string text) => text switch
    {
        "viewer" => Role.Viewer,
        "user" => Role.User,
        "operator" => Role.Operator,
        "superuser" => Role.Superuser,
        _ => null,
    };
}
