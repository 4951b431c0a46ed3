namespace FluxRestful.Contracts;

/// <summary>Why a request was not done: RFC 9457, <c>application/problem+json</c>.</summary>
/// <param name="Type">Which kind of problem; stable, to be compared by programs. Listed in docs/api.md.</param>
/// <param name="Title">The kind in words, the same for every problem of the type.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Retryable">Whether the same request may succeed later. <c>Retry-After</c>, where it is sent, says when.</param>
/// <param name="Detail">What it was this time; Flux's own words where Flux said no.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="TraceId">Names this request in the server's log.</param>
/// <param name="Errors">What is wrong with which member of the request, by the member's path (<c>nodes</c>, <c>environment.PATH</c>, <c>jobs[3].command</c>).</param>
/// <param name="Hint">What to do about it, if that is not obvious.</param>
/// <param name="Limit">The limit that was in the way, if one was.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    bool Retryable,
    string? Detail = null,
    string? Instance = null,
    string? TraceId = null,
    IReadOnlyDictionary<string, string[]>? Errors = null,
    string? Hint = null,
    LimitUse? Limit = null);
