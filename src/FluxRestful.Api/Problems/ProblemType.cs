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
    internal static readonly ProblemType NotFound = new("not-found", 404, "There is no such thing here");
    internal static readonly ProblemType UnknownJob = new("unknown-job", 404, "There is no such job");
    internal static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "The method does not fit this address");
    internal static readonly ProblemType NotAcceptable = new("not-acceptable", 406, "None of the wanted forms can be had");
    internal static readonly ProblemType RequestTimeout = new("request-timeout", 408, "The request did not arrive in time", IsRetryable: true);
    internal static readonly ProblemType Conflict = new("conflict", 409, "This does not fit the state of things");
    internal static readonly ProblemType JobInactive = new("job-inactive", 409, "The job has ended");
    internal static readonly ProblemType KeyInFlight = new("idempotency-key-in-flight", 409, "A request with this key is being done", IsRetryable: true);
    internal static readonly ProblemType WrongJobState = new("wrong-job-state", 409, "The job is in a state in which this cannot be done");
    internal static readonly ProblemType JobStarting = new("job-starting", 409, "The job's tasks have not started yet", IsRetryable: true);
    internal static readonly ProblemType TooLarge = new("too-large", 413, "The request is too large");
    internal static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "The body is of a kind that is not read here");
    internal static readonly ProblemType KeyReused = new("idempotency-key-reused", 422, "The key stands for another request");
    internal static readonly ProblemType TooManyRequests = new("too-many-requests", 429, "Too many requests", IsRetryable: true);
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
        413 => TooLarge,
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
        Uri, Title, Status, detail, context.Request.Path, System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier, IsRetryable, errors, hint);
}
