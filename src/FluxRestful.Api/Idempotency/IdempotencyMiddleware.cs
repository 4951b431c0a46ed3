using System.Security.Cryptography;
using System.Text;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Limits;

namespace FluxRestful.Api.Idempotency;

/// <summary>Does a request with an <c>Idempotency-Key</c> once, and gives its answer again to whoever repeats it.</summary>
internal sealed partial class IdempotencyMiddleware(
    RequestDelegate next, IdempotencyKeys keys, IHostApplicationLifetime server, ILogger<IdempotencyMiddleware> logger)
{
    private const int LongestKey = 255;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<IdempotentRoute>() is null
            || !context.Request.Headers.TryGetValue(IdempotentRoute.Header, out var given))
        {
            await next(context);
            return;
        }

        if (given is not [{ Length: > 0 and <= LongestKey } key] || key.Any(character => character is < '!' or > '~'))
        {
            await ProblemResult.Invalid(IdempotentRoute.Header, $"This must be one key of 1 to {LongestKey} visible ASCII characters.").ExecuteAsync(context);
            return;
        }

        var tenant = context.RequestServices.GetRequiredService<CurrentTenant>();
        var scope = new KeyScope(tenant.Id, $"{context.Request.Method} {endpoint.RoutePattern.RawText}", key);
        var claim = await keys.ClaimAsync(scope, await FingerprintAsync(context), context.RequestAborted);
        await (claim switch
        {
            { Kind: KeyClaim.Kinds.Granted } => RunAsync(context, scope, claim),
            { Answer: { } answer } => WriteAsync(context, answer, isReplayed: true),
            { Kind: KeyClaim.Kinds.Differs } => Refuse(ProblemType.KeyReused, "The key was used for another request; a key stands for one request and its repetitions."),
            { Kind: KeyClaim.Kinds.TooMany } => Refuse(ProblemType.TooManyRequests, "Too many keys were used in the last hours.", TimeSpan.FromHours(1)),
            _ => Refuse(ProblemType.KeyInFlight, "The first request with this key is being done.", Soon),
        });

        Task Refuse(ProblemType type, string detail, TimeSpan? retryAfter = null) => new ProblemResult(type, detail) { RetryAfter = retryAfter }.ExecuteAsync(context);
    }

    /// <summary>What was sent, in short. The body is read here, and again by the endpoint.</summary>
    private static async Task<string> FingerprintAsync(HttpContext context)
    {
        var request = context.Request;
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        request.Body = body;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n{request.ContentType}\n"));
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task RunAsync(HttpContext context, KeyScope scope, KeyClaim claim)
    {
        var attempt = context.RequestServices.GetRequiredService<RequestAttempt>();
        attempt.Begin(claim.Attempt, claim.IsRepeated);
        var client = context.Response.Body;
        var aborted = context.RequestAborted;
        using var buffer = new MemoryStream();
        try
        {
            context.Response.Body = buffer;
            // The client may go away: its next request with the key gets what this one is answered.
            context.RequestAborted = server.ApplicationStopping;
            await next(context);
        }
        catch (Exception failure)
        {
            context.Response.Body = client;
            await SettleAsync(scope, IsCertain(attempt, failure) ? keys.ReleaseAsync : null);
            throw;
        }

        context.Response.Body = client;
        context.RequestAborted = aborted;
        var response = context.Response;
        var answer = new KeyAnswer(response.StatusCode, response.Headers.Location, response.ContentType, buffer.ToArray());
        await SettleAsync(scope, answer.Status switch
        {
            _ when attempt.IsInDoubt => null,
            _ when attempt.IsOpen => keys.ReopenAsync,
            StatusCodes.Status201Created or StatusCodes.Status207MultiStatus => (key, token) => keys.CompleteAsync(key, answer, token),
            < 500 => keys.ReleaseAsync,
            _ => null,
        });
        await WriteAsync(context, answer, isReplayed: false);
    }

    /// <summary>Writes down how it ended. Without that, or if it cannot be written, what was made is made, and the next request with the key finds it.</summary>
    private async Task SettleAsync(KeyScope scope, Func<KeyScope, CancellationToken, Task>? write)
    {
        try
        {
            if (write is not null)
            {
                await write(scope, CancellationToken.None);
                return;
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            NotKept(failure);
        }

        keys.Interrupt(scope);
    }

    /// <summary>Whether nothing was made for certain.</summary>
    private static bool IsCertain(RequestAttempt attempt, Exception failure) => failure is QuotaExceededException
        ? !attempt.IsRepeated
        : !attempt.IsOpen && (failure is BadHttpRequestException or NotRecordedException || BrokerProblem.Of(failure) is { IsFinal: true });

    private static async Task WriteAsync(HttpContext context, KeyAnswer answer, bool isReplayed)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers.Location = answer.Location;
        if (isReplayed)
        {
            response.Headers[IdempotentRoute.ReplayedHeader] = "true";
        }

        if (answer.Body.Length > 0)
        {
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An answer could not be kept for its idempotency key")]
    private partial void NotKept(Exception failure);
}
