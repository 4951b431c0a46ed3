using System.Collections.Concurrent;
using FluxRestful.Api.Access;

namespace FluxRestful.Api.Tokens.Revocation;

/// <summary>
/// Requests that last: a stream that somebody opened must not go on when he has no business here any more. Every two seconds each request older
/// than that is asked for its credential again; if that is not good any more, its connection is cut.
/// </summary>
internal sealed partial class OpenRequests(LiveCredentials credentials, TimeProvider time, ILogger<OpenRequests> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<OpenRequest, byte> _open = new();

    internal async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (Credential.Find(context) is not { } credential)
        {
            await next(context);
            return;
        }

        var request = new OpenRequest(context, credential, time.GetTimestamp());
        _open[request] = 0;
        try
        {
            await next(context);
        }
        finally
        {
            request.Close();
            _open.TryRemove(request, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var request in _open.Keys.Where(request => time.GetElapsedTime(request.Since) >= Interval))
        {
            try
            {
                if (!await credentials.IsGoodAsync(request.Credential, cancellationToken) && request.Cut())
                {
                    WasCut(request.Credential.TenantId);
                }
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // The database, most likely; the next round asks again.
                NotAsked(failure);
            }
        }
    }

    // A context is used again for another request as soon as its own is over.
    private sealed class OpenRequest(HttpContext context, Credential credential, long since)
    {
        private readonly Lock _lock = new();
        private HttpContext? _context = context;

        internal Credential Credential => credential;

        internal long Since => since;

        internal bool Cut()
        {
            lock (_lock)
            {
                _context?.Abort();
                return _context is not null;
            }
        }

        internal void Close()
        {
            lock (_lock)
            {
                _context = null;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "A request of tenant {TenantId} was cut: its credential is not good any more.")]
    private partial void WasCut(int tenantId);

    [LoggerMessage(LogLevel.Warning, "Whether an open request's credential is still good could not be found out.")]
    private partial void NotAsked(Exception failure);
}

internal static class OpenRequestsMiddleware
{
    /// <summary>After authentication.</summary>
    internal static void UseOpenRequests(this IApplicationBuilder app) => app.Use(next =>
    {
        var requests = app.ApplicationServices.GetRequiredService<OpenRequests>();
        return context => requests.RunAsync(context, next);
    });
}
