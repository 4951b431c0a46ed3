using FluxRestful.Api.Access;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants;
using FluxRestful.Contracts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Tokens.Endpoints;

/// <summary><c>/api/v1/account/sessions</c>: a tenant and the browsers that it signed in with.</summary>
internal static class OwnSessions
{
    private static readonly ProblemResult NoSuchSession = new(ProblemType.NotFound, "There is no such session.");

    /// <summary>My browser sessions: those that signed in with the form and are not over.</summary>
    internal static async Task<Ok<BrowserSessionList>> List(
        HttpContext context, CurrentTenant tenant, BrowserSessions sessions, CancellationToken cancellationToken)
    {
        var own = Current(context);
        return TypedResults.Ok(new BrowserSessionList([.. (await sessions.ListAsync(tenant.Id, cancellationToken)).Select(row =>
            new BrowserSessionInfo(row.Id, row.Key == own, row.CreatedAt, row.LastSeenAt, row.ExpiresAt, row.Address, row.Agent))]));
    }

    /// <summary>Ends one of my browser sessions, at once; its open streams within seconds.</summary>
    /// <param name="id">As the list has it.</param>
    internal static async Task<Results<NoContent, ProblemResult>> End(int id, CurrentTenant tenant, BrowserSessions sessions, CancellationToken cancellationToken) =>
        await sessions.EndAsync(tenant.Id, id, cancellationToken) ? TypedResults.NoContent() : NoSuchSession;

    /// <summary>Ends all of my browser sessions.</summary>
    /// <remarks>Tokens stay; they end with <c>token/sign-out-everywhere</c>, which ends browser sessions too.</remarks>
    /// <param name="others">All but the one that asks.</param>
    internal static async Task<NoContent> EndAll(
        HttpContext context, CurrentTenant tenant, BrowserSessions sessions, CancellationToken cancellationToken, bool others = false)
    {
        await sessions.EndAllAsync(tenant.Id, others ? Current(context) : null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static string? Current(HttpContext context) => Credential.Find(context)?.Session?.Key;
}
