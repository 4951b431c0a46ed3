using System.Globalization;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Problems;

namespace FluxRestful.Api.Access;

/// <summary>Why somebody was not let in, and how that is said: <c>/v1</c> keeps the status that its clients depend on, everything else has the right one.</summary>
/// <param name="RestfulStatus">In the dialect of flux-restful-api.</param>
/// <param name="Type">Elsewhere; it has the right status.</param>
/// <param name="RetryAfter">Seconds.</param>
internal sealed record Refusal(int RestfulStatus, ProblemType Type, string Detail, int? RetryAfter = null)
{
    internal static readonly Refusal NoCredentials = new(401, ProblemType.NotSignedIn, "Not authenticated");
    internal static readonly Refusal SessionEnded = new(401, ProblemType.NotSignedIn, "Your session has ended");
    internal static readonly Refusal Malformed = new(401, ProblemType.BadCredentials, "Invalid authentication credentials");
    internal static readonly Refusal WrongPassword = new(401, ProblemType.BadCredentials, "Incorrect user or token.");
    internal static readonly Refusal BadToken = new(403, ProblemType.BadCredentials, "Could not validate credentials");
    internal static readonly Refusal UnknownTenant = new(404, ProblemType.BadCredentials, "User not found");
    internal static readonly Refusal Disabled = new(400, ProblemType.Forbidden, "Inactive user");
    internal static readonly Refusal NotSuperuser = new(400, ProblemType.Forbidden, "The user doesn't have enough privileges");

    internal static readonly Refusal PasswordChange = new(
        403, ProblemType.PasswordChangeNeeded, "This password is good for choosing another and for nothing else: PUT /api/v1/account/password");

    internal static Refusal Of(SignInResult result) => result.Outcome switch
    {
        SignInOutcome.Disabled => Disabled,
        SignInOutcome.SlowDown => new Refusal(429, ProblemType.TooManyRequests, "Too many failed attempts, try again later", result.RetryAfterSeconds),
        SignInOutcome.Busy => new Refusal(503, ProblemType.Busy, "Too many sign-ins at once, try again later", result.RetryAfterSeconds),
        _ => WrongPassword,
    };

    internal static Refusal? Find(HttpContext context) => context.Features.Get<Refusal>();

    internal void SetOn(HttpContext context) => context.Features.Set(this);

    internal void SetHeaders(HttpResponse response)
    {
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
