using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FluxRestful.Api.Broker;
using Microsoft.AspNetCore.Http.Features;

namespace FluxRestful.Api.Hosting.Streams;

/// <summary>
/// An answer of server-sent events. Each waits until the client has room for it: nothing is hoarded, and a client that does not read at all is cut off by the
/// least speed that the server asks for (<see cref="Network.ServerLimits"/>). While nothing happens a comment goes out now and then. A server that ends says
/// <c>goodbye</c>, and when to come again.
/// </summary>
/// <param name="heartbeat">How long it may be silent.</param>
internal sealed class EventStream(HttpContext context, TimeSpan heartbeat, TimeProvider time, IHostApplicationLifetime server)
{
    internal const string ContentType = "text/event-stream";

    /// <summary>The last event of a server that ends.</summary>
    internal const string Goodbye = "event: goodbye\ndata: {\"reason\":\"The server ends.\"}\nretry: 2000\n\n";

    private readonly ArrayBufferWriter<byte> _event = new();

    internal async Task StartAsync()
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        // For a proxy in between: do not gather.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await WriteAsync("retry: 2000\n\n");
    }

    /// <summary>Sends one event and waits until the client has room for more.</summary>
    internal async Task SendAsync<T>(string name, string? id, T data, JsonTypeInfo<T> type)
    {
        _event.ResetWrittenCount();
        Encoding.UTF8.GetBytes(id is null ? $"event: {name}\ndata: " : $"id: {id}\nevent: {name}\ndata: ", _event);
        using (var json = new Utf8JsonWriter(_event))
        {
            JsonSerializer.Serialize(json, data, type);
        }

        _event.Write("\n\n"u8);
        await context.Response.Body.WriteAsync(_event.WrittenMemory, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (_event.Capacity > 1024 * 1024)
        {
            _event.Clear();
        }
    }

    /// <summary>Sends one event whose data is a text without line breaks, and waits until the client has room for more.</summary>
    internal Task SendTextAsync(string name, string? id, string text) => WriteAsync($"{(id is null ? "" : $"id: {id}\n")}event: {name}\ndata: {text}\n\n");

    /// <summary>Sends what comes, until no more does, the client goes away, or the server ends.</summary>
    /// <returns>Whether all has been sent.</returns>
    internal async Task<bool> RunAsync<T>(IAsyncEnumerable<T> items, Func<T, Task> send)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var enumerator = items.GetAsyncEnumerator(leaving.Token);
        var next = Task.FromResult(true);
        try
        {
            while (true)
            {
                next = enumerator.MoveNextAsync().AsTask();
                await WaitAsync(next);
                if (server.ApplicationStopping.IsCancellationRequested)
                {
                    await WriteAsync(Goodbye);
                    return false;
                }

                if (!await next)
                {
                    return true;
                }

                await send(enumerator.Current);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure) when (BrokerProblem.Of(failure) is { } problem)
        {
            await SendAsync("problem", null, problem.Type.With(context, problem.Detail), ServerJson.Default.Problem);
            return false;
        }
        finally
        {
            // It must not be disposed while it moves.
            await leaving.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await enumerator.DisposeAsync();
        }
    }

    private async Task WaitAsync(Task next)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(server.ApplicationStopping, context.RequestAborted);
        while (!next.IsCompleted && !server.ApplicationStopping.IsCancellationRequested)
        {
            await next.WaitAsync(heartbeat, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.RequestAborted.ThrowIfCancellationRequested();
            if (!next.IsCompleted && !server.ApplicationStopping.IsCancellationRequested)
            {
                await WriteAsync(": still here\n\n");
            }
        }
    }

    private async Task WriteAsync(string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
