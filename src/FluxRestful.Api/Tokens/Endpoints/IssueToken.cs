using FluxRestful.Api.Access;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Restful.Requests;
using FluxRestful.Api.Tokens.Personal;
using FluxRestful.Api.Tokens.Sessions;
using FluxRestful.Contracts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Tokens.Endpoints;

/// <summary><c>POST /api/v1/token</c>.</summary>
internal static class IssueToken
{
    // An account that is switched off, a wrong name, a used token: whoever asks learns no more than that it is not good.
    private const string NotGood = "The credentials are not good.";

    /// <summary>An access token and a refresh token, for a name and a password or for a refresh token.</summary>
    /// <remarks>
    /// OAuth 2 (RFC 6749), with the grants password and refresh_token. A refresh token is good once and gives the next; one that is used a second time
    /// ends its whole sign-in. A personal token is no password here.
    /// </remarks>
    internal static async Task<IResult> Handle(
        HttpContext context, PasswordSignIn signIn, AccessTokens tokens, RefreshTokens sessions, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var form = context.Request.HasFormContentType ? await SentForm.TryReadAsync(context.Request, cancellationToken) : null;
        switch (form?["grant_type"].ToString())
        {
            case "password":
                return await ByPasswordAsync(context, form, signIn, tokens, sessions, cancellationToken);
            case "refresh_token":
                return await sessions.RefreshAsync(form["refresh_token"].ToString(), cancellationToken) is { } session
                    ? Granted(tokens, session) : TokenErrors.Of("invalid_grant", NotGood);
            case null or "":
                return TokenErrors.Of("invalid_request", "A form with grant_type is needed.");
            default:
                return TokenErrors.Of("unsupported_grant_type", "grant_type is password or refresh_token.");
        }
    }

    private static async Task<IResult> ByPasswordAsync(
        HttpContext context, IFormCollection form, PasswordSignIn signIn, AccessTokens tokens, RefreshTokens sessions, CancellationToken cancellationToken)
    {
        if (ReadCredentials(context, form) is not { } credentials)
        {
            return TokenErrors.Of("invalid_request", "username and password are needed, in the form or as a Basic header.");
        }

        string[] scopes = [.. form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (scopes.Except(Rights.Scopes).Any())
        {
            return TokenErrors.Of("invalid_scope", $"scope is one or more of: {string.Join(' ', Rights.Scopes)}.");
        }

        // It may do only what its scopes say, and a token that makes tokens is more.
        if (PersonalToken.Looks(credentials.Password))
        {
            return TokenErrors.Of("invalid_grant", NotGood);
        }

        var result = await signIn.SignInAsync(credentials.Name, credentials.Password, context.Connection.RemoteIpAddress, cancellationToken);
        switch (result)
        {
            case { Outcome: SignInOutcome.Accepted, Tenant: { } tenant }:
                return Granted(tokens, await sessions.StartAsync(tenant, scopes.Length == 0 ? null : string.Join(' ', scopes), cancellationToken));
            case { Outcome: SignInOutcome.SlowDown or SignInOutcome.Busy }:
                var refusal = Refusal.Of(result);
                return new ProblemResult(refusal.Type, refusal.Detail) { RetryAfter = TimeSpan.FromSeconds(result.RetryAfterSeconds) };
            default:
                return TokenErrors.Of("invalid_grant", NotGood);
        }
    }

    private static BasicCredentials? ReadCredentials(HttpContext context, IFormCollection form)
    {
        if (form["username"].ToString() is { Length: > 0 } name && form["password"].ToString() is { Length: > 0 } password)
        {
            return new BasicCredentials(name, password);
        }

        return BasicCredentials.TryParse(context.Request.Headers.Authorization.ToString(), out var basic) ? basic : null;
    }

    private static Ok<TokenGrant> Granted(AccessTokens tokens, RefreshedSession session) => TypedResults.Ok(new TokenGrant(
        tokens.Issue(session.Tenant, session.FamilyId, session.Scopes), "Bearer", (long)tokens.Lifetime.TotalSeconds, session.RefreshToken, session.Scopes));
}
