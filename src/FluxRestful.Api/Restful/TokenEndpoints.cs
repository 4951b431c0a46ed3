using FluxRestful.Api.Access;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Restful.Documents;
using FluxRestful.Api.Restful.Requests;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Payload;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Restful;

/// <summary>How the clients of flux-restful-api get an access token.</summary>
internal static class TokenEndpoints
{
    private static readonly string[] LoginFields = ["username", "password"];

    internal static void MapRestfulTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/v1").AllowAnonymous().WithTags("tokens");
        tokens.MapPost("/token", ExchangePayload).WithMetadata(RestfulDocs.Exchange);
        tokens.MapPost("/login/access-token", Login).WithMetadata(RestfulDocs.Login);
    }

    /// <summary>An access token for an encoded payload.</summary>
    /// <remarks>The Authorization header holds a JWT of user, pass and scope ("token"), signed HS256 with the shared secret key.</remarks>
    internal static async Task<Results<Ok<RestfulToken>, BadRequest<RestfulMessage>, JsonHttpResult<RestfulMessage>>> ExchangePayload(
        HttpContext context, EncodedPayloads payloads, PasswordSignIn signIn, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var token = context.Request.Headers.Authorization.ToString().Split(' ')[^1].Trim();
        if (payloads.Open(token) is not { } payload)
        {
            return TypedResults.BadRequest(new RestfulMessage("Denied"));
        }

        var result = await signIn.SignInAsync(payload.User, payload.Password, context.Connection.RemoteIpAddress, cancellationToken);
        switch (result)
        {
            case { Outcome: SignInOutcome.Accepted, Tenant: { } tenant } when await payloads.UseAsync(tenant.Id, payload, token, cancellationToken):
                return TypedResults.Ok(new RestfulToken(tokens.Issue(tenant), "Bearer"));
            case { Outcome: SignInOutcome.SlowDown or SignInOutcome.Busy }:
                var refusal = Refusal.Of(result);
                refusal.SetHeaders(context.Response);
                return TypedResults.Json(new RestfulMessage(refusal.Detail), ServerJson.Default.RestfulMessage, statusCode: refusal.RestfulStatus);
            default:
                return TypedResults.BadRequest(new RestfulMessage("Denied"));
        }
    }

    /// <summary>An access token for a name and a password, in a form with the fields username and password.</summary>
    internal static async Task<Results<Ok<RestfulToken>, BadRequest<RestfulDetail>, UnprocessableEntity<RestfulFieldErrors>, JsonHttpResult<RestfulDetail>>> Login(
        HttpContext context, PasswordSignIn signIn, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var form = context.Request.HasFormContentType ? await SentForm.TryReadAsync(context.Request, cancellationToken) : FormCollection.Empty;
        if (form is null)
        {
            return TypedResults.BadRequest(new RestfulDetail("There was an error parsing the body"));
        }

        string[] missing = [.. LoginFields.Where(field => form[field].ToString().Length == 0)];
        if (missing.Length > 0)
        {
            return TypedResults.UnprocessableEntity(RestfulFieldErrors.Missing("body", missing));
        }

        var result = await signIn.SignInAsync(
            form["username"].ToString(), form["password"].ToString(), context.Connection.RemoteIpAddress, cancellationToken);
        switch (result)
        {
            case { Outcome: SignInOutcome.Accepted, Tenant: { } tenant }:
                return TypedResults.Ok(new RestfulToken(tokens.Issue(tenant), "Bearer"));
            case { Outcome: SignInOutcome.Disabled }:
                return TypedResults.BadRequest(new RestfulDetail(Refusal.Disabled.Detail));
            case { Outcome: SignInOutcome.SlowDown or SignInOutcome.Busy }:
                var refusal = Refusal.Of(result);
                refusal.SetHeaders(context.Response);
                return TypedResults.Json(new RestfulDetail(refusal.Detail), ServerJson.Default.RestfulDetail, statusCode: refusal.RestfulStatus);
            default:
                return TypedResults.BadRequest(new RestfulDetail("Incorrect email or password"));
        }
    }
}
