using FluxRestful.Api.Access;
using FluxRestful.Api.Idempotency;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Tokens;

namespace FluxRestful.Api.Tokens.Endpoints;

/// <summary>The routes of <c>/api/v1</c> about tokens.</summary>
internal static class TokenRoutes
{
    private const string Form = "application/x-www-form-urlencoded";

    internal static void MapTokens(this RouteGroupBuilder api)
    {
        api.MapPost("/token", IssueToken.Handle).AllowAnonymous().WithTags("tokens").Accepts<TokenRequest>(Form)
            .Produces<TokenGrant>().Produces<TokenError>(StatusCodes.Status400BadRequest).Answers(ProblemType.TooManyRequests, ProblemType.Busy);
        api.MapPost("/token/revoke", RevokeToken.Handle).AllowAnonymous().WithTags("tokens").Accepts<TokenRevocation>(Form)
            .Produces(StatusCodes.Status200OK).Produces<TokenError>(StatusCodes.Status400BadRequest);

        var own = api.MapGroup("").Requires(Permission.OwnAccount).WithTags("tokens");
        own.MapPost("/token/sign-out-everywhere", SignOutRoutes.Own).Answers(ProblemType.InvalidRequest);
        own.MapGet("/account/tokens", OwnTokens.List);
        own.MapPost("/account/tokens", OwnTokens.Create).Answers(ProblemType.InvalidRequest, ProblemType.Conflict, ProblemType.UnsupportedMediaType)
            .Idempotent();
        own.MapDelete("/account/tokens/{id:int}", OwnTokens.Revoke).Answers(ProblemType.NotFound);
        own.MapGet("/account/sessions", OwnSessions.List);
        own.MapDelete("/account/sessions", OwnSessions.EndAll).Answers(ProblemType.InvalidRequest);
        own.MapDelete("/account/sessions/{id:int}", OwnSessions.End).Answers(ProblemType.NotFound);

        var others = api.MapGroup("/users/{name}").Requires(Permission.UsersAdmin).WithTags("tokens");
        others.MapGet("/tokens", TenantTokens.List).Answers(ProblemType.NotFound);
        others.MapDelete("/tokens/{id:int}", TenantTokens.Revoke).Answers(ProblemType.NotFound);
        others.MapPost("/revoked-tokens", TenantTokens.RevokeOutside).Answers(ProblemType.InvalidRequest, ProblemType.NotFound, ProblemType.UnsupportedMediaType);
        others.MapPost("/sign-out-everywhere", SignOutRoutes.Of).Answers(ProblemType.InvalidRequest, ProblemType.NotFound);
    }
}
