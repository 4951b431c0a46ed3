using FluxRestful.Contracts;

namespace FluxRestful.Api.Problems;

/// <summary>The kinds of problems that <c>/api/v1</c> answers with, each with its stable name. docs/api.md lists them; a test compares.</summary>
/// <param name="Name">The end of <see cref="Uri"/>; never changes once released.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="IsRetryable">Whether the same request may succeed later.</param>
internal sealed record ProblemType(string Name, int Status, string Title, bool IsRetryable = false)
{
    private const string Prefix = "urn:flux-restful:problem:";

    internal static readonly ProblemType InvalidRequest = new("invalid-request", 400, "The request is not valid");
    internal static readonly ProblemType Refused = new("refused", 400, "Flux refused the request");
    internal static readonly ProblemType NotSignedIn = new("not-signed-in", 401, "Credentials are needed");
    internal static readonly ProblemType BadCredentials = new("bad-credentials", 401, "The credentials are not good");
    internal static readonly ProblemType Forbidden = new("forbidden", 403, "This is not allowed");
    internal static readonly ProblemType PasswordChangeNeeded = new("password-change-needed", 403, "The password must be changed first");
    internal static readonly ProblemType OverLimit = new("over-limit", 403, "The job asks for more than the account may use");
    internal static readonly ProblemType NotFound = new("not-found", 404, "There is no such thing here");
    internal static readonly ProblemType UnknownJob = new("unknown-job", 404, "There is no such job");
    internal static readonly ProblemType UnknownUser = new("unknown-user", 404, "There is no such user");
    internal static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "The method does not fit this address");
    internal static readonly ProblemType NotAcceptable = new("not-acceptable", 406, "None of the wanted forms can be had");
    internal static readonly ProblemType RequestTimeout = new("request-timeout", 408, "The request did not arrive in time", IsRetryable: true);
    internal static readonly ProblemType Conflict = new("conflict", 409, "This does not fit the state of things");
    internal static readonly ProblemType JobInactive = new("job-inactive", 409, "The job has ended");
    internal static readonly ProblemType KeyInFlight = new("idempotency-key-in-flight", 409, "A request with this key is being done", IsRetryable: true);
    internal static readonly ProblemType WrongJobState = new("wrong-job-state", 409, "The job is in a state in which this cannot be done");
    internal static readonly ProblemType JobStarting = new("job-starting", 409, "The job's tasks have not started yet", IsRetryable: true);
    internal static readonly ProblemType QuotaFull = new("quota-full", 409, "The account has as many jobs as it may have", IsRetryable: true);
    internal static readonly ProblemType UserExists = new("user-exists", 409, "There is a user of that name");
    internal static readonly ProblemType UserHasJobs = new("user-has-jobs", 409, "The user has jobs that have not ended");
    internal static readonly ProblemType LastSuperuser = new("last-superuser", 409, "There must be a superuser");
    internal static readonly ProblemType OwnAccount = new("own-account", 409, "Nobody removes, disables or demotes himself");
    internal static readonly ProblemType JobPurged = new("job-purged", 410, "Flux has purged the job");
    internal static readonly ProblemType OutputPurged = new("output-purged", 410, "The output is gone");
    internal static readonly ProblemType PreconditionFailed = new("precondition-failed", 412, "It was changed meanwhile");
    internal static readonly ProblemType TooLarge = new("too-large", 413, "The request is too large");
    internal static readonly ProblemType AddressTooLong = new("address-too-long", 414, "The address is too long");
    internal static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "The body is of a kind that is not read here");
    internal static readonly ProblemType KeyReused = new("idempotency-key-reused", 422, "The key stands for another request");
    internal static readonly ProblemType TooManyRequests = new("too-many-requests", 429, "Too many requests", IsRetryable: true);
    internal static readonly ProblemType TooManySubmits = new("too-many-submits", 429, "The account has submitted too much in the last minute", IsRetryable: true);
    internal static readonly ProblemType HeadersTooLarge = new("headers-too-large", 431, "The request's headers are too large");
    internal static readonly ProblemType ServerError = new("server-error", 500, "The server failed");
    internal static readonly ProblemType BrokerError = new("broker-error", 502, "The broker answered with an error");
    internal static readonly ProblemType BrokerUnavailable = new("broker-unavailable", 503, "The broker cannot be reached", IsRetryable: true);
    internal static readonly ProblemType Busy = new("busy", 503, "The server has too much to do", IsRetryable: true);
    internal static readonly ProblemType BrokerTimeout = new("broker-timeout", 504, "The broker did not answer in time");

    /// <summary>Every type there is: the static fields of this class.</summary>
    internal static readonly IReadOnlyList<ProblemType> All =
    [
        .. typeof(ProblemType).GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(ProblemType)).Select(field => (ProblemType)field.GetValue(null)!),
    ];

    internal string Uri => Prefix + Name;

    /// <summary>What a bare status means where nothing better is known.</summary>
    internal static ProblemType Of(int status) => status switch
    {
        401 => NotSignedIn,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        406 => NotAcceptable,
        408 => RequestTimeout,
        409 => Conflict,
        412 => PreconditionFailed,
        413 => TooLarge,
        414 => AddressTooLong,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        431 => HeadersTooLarge,
        502 => BrokerError,
        503 => BrokerUnavailable,
        504 => BrokerTimeout,
        >= 400 and < 500 => InvalidRequest,
        _ => ServerError,
    };

    internal Problem With(HttpContext context, string? detail, IReadOnlyDictionary<string, string[]>? errors = null, string? hint = null) => new(
        Uri, Title, Status, IsRetryable, detail, context.Request.Path, System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier, errors, hint);
}
