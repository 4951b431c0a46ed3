using FluxRestful.Api.Access;
using FluxRestful.Api.Pages.Admin.Audit;
using FluxRestful.Api.Pages.Admin.Server;
using FluxRestful.Api.Pages.Admin.Users;

namespace FluxRestful.Api.Pages.Admin;

/// <summary>Accounts, and who did what. For people: what comes with a token that is narrowed to accounts has the API.</summary>
internal static class AdminRoutes
{
    internal static void MapAdministration(this IEndpointRouteBuilder pages)
    {
        // No narrowed token has a say over its own account, so none comes by here to what the API would refuse it.
        var admin = pages.MapGroup("/admin").Requires(Permission.OwnAccount);
        var users = admin.MapGroup("").Requires(Permission.UsersAdmin);
        users.MapGet("/users", UsersRoutes.List);
        users.MapGet("/new-user", UsersRoutes.Ask);
        users.MapPost("/users", UsersRoutes.Create).ChecksForm();
        users.MapGet("/users/{name}", UserRoutes.Show);
        users.MapPost("/users/{name}/role", UserRoutes.SetRole).ChecksForm();
        users.MapPost("/users/{name}/limits", UserRoutes.SetLimits).ChecksForm();
        users.MapPost("/users/{name}/disabled", UserRoutes.SetDisabled).ChecksForm();
        users.MapPost("/users/{name}/password", UserRoutes.ResetPassword).ChecksForm();
        users.MapPost("/users/{name}/view", ViewAsRoutes.Begin).Requires(Permission.UsersElevate).ChecksForm();
        users.MapPost("/users/{name}/delete", UserRoutes.Delete).ChecksForm();
        admin.MapGet("/audit", AuditRoutes.Show).Requires(Permission.AuditRead);

        var system = admin.MapGroup("/system").Requires(Permission.ServiceStop);
        system.MapGet("", SystemRoutes.Show);
        system.MapPost("/queues/{name}", SystemRoutes.SetQueue).ChecksForm();
        system.MapPost("/drain", SystemRoutes.Drain).ChecksForm();
        system.MapPost("/undrain", SystemRoutes.Undrain).ChecksForm();
        system.MapPost("/announcement", SystemRoutes.Announce).ChecksForm();
        system.MapPost("/stop", SystemRoutes.Stop).ChecksForm();
    }
}
