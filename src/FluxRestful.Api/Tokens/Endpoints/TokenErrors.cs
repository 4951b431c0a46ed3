using FluxRestful.Api.Hosting;
using FluxRestful.Contracts.Tokens;

namespace FluxRestful.Api.Tokens.Endpoints;

internal static class TokenErrors
{
    internal static IResult Of(string error, string description) =>
        TypedResults.Json(new TokenError(error, description), ServerJson.Default.TokenError, statusCode: StatusCodes.Status400BadRequest);
}
