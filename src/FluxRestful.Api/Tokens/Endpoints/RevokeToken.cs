using FluxRestful.Api.Restful.Requests;
using FluxRestful.Api.Tokens.Issuers;
using FluxRestful.Api.Tokens.Personal;
using FluxRestful.Api.Tokens.Revocation;
using FluxRestful.Api.Tokens.Sessions;

namespace FluxRestful.Api.Tokens.Endpoints;

/// <summary><c>POST /api/v1/token/revoke</c>.</summary>
internal static class RevokeToken
{
    /// <summary>Ends a token: an access token, a refresh token with its whole sign-in, a personal token, or one of another issuer, which is then refused here.</summary>
    /// <remarks>RFC 7009. Whoever holds a token may end it, be it its finder. The answer is the same for a token that was good and for one that was not.</remarks>
    internal static async Task<IResult> Handle(
        HttpContext context, BearerValidation validation, SignOut signOut, RefreshTokens sessions, PersonalTokens personal, OutsideTokens outside,
        CancellationToken cancellationToken)
    {
        var form = context.Request.HasFormContentType ? await SentForm.TryReadAsync(context.Request, cancellationToken) : null;
        var token = form?["token"].ToString() ?? "";
        if (token.Length == 0)
        {
            return TokenErrors.Of("invalid_request", "A form with token is needed.");
        }

        if (PersonalToken.IsWellFormed(token))
        {
            await personal.RevokeAsync(token, cancellationToken);
        }
        else if (RefreshTokens.IsWellFormed(token))
        {
            await sessions.EndAsync(token, cancellationToken);
        }
        else if (await validation.ReadAsync(token) is { } access)
        {
            await signOut.RevokeAsync(access.Id, access.TenantId, access.ExpiresAt, cancellationToken);
        }
        else
        {
            await outside.RevokeAsync(token, cancellationToken);
        }

        return TypedResults.Ok();
    }
}
