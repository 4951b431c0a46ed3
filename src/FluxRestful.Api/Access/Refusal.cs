using System.Globalization;
using FluxRestful.Api.Passwords;

namespace FluxRestful.Api.Access;

/// <summary>Why somebody was not let in, and how that is said: <c>/v1</c> keeps the status that its clients depend on, everything else has the right one.</summary>
/// <param name="RestfulStatus">In the dialect of flux-restful-api.</param>
/// <param name="Status">Elsewhere.</param>
/// <param name="RetryAfter">Seconds.</param>
internal sealed record Refusal(int RestfulStatus, int Status, string Detail, int? RetryAfter = null)
{
    internal static readonly Refusal NoCredentials = new(401, 401, "Not authenticated");
    internal static readonly Refusal Malformed = new(401, 401, "Invalid authentication credentials");
    internal static readonly Refusal WrongPassword = new(401, 401, "Incorrect user or token.");
    internal static readonly Refusal BadToken = new(403, 401, "Could not validate credentials");
    internal static readonly Refusal UnknownTenant = new(404, 401, "User not found");
    internal static readonly Refusal Disabled = new(400, 403, "Inactive user");
    internal static readonly Refusal NotSuperuser = new(400, 403, "The user doesn't have enough privileges");

    internal static Refusal Of(SignInResult result) => result.Outcome switch
    {
        SignInOutcome.Disabled => Disabled,
        SignInOutcome.SlowDown => new Refusal(429, 429, "Too many failed attempts, try again later", result.RetryAfterSeconds),
        SignInOutcome.Busy => new Refusal(503, 503, "Too many sign-ins at once, try again later", result.RetryAfterSeconds),
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
