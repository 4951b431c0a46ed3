using System.Collections.Concurrent;
using System.Text;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Transport;

namespace FluxRestful.Tests.Fakes;

/// <summary>The broker's side of one connection.</summary>
internal sealed class FakeConnection(FakeBroker broker, Stream stream, FrameStream frames) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<uint, FakeCall> _streams = new();
    private readonly ConcurrentDictionary<string, int> _subscriptions = new();
    private readonly ConcurrentDictionary<Task, byte> _handlers = new();
    private uint _sequence;

    /// <summary>How often each prefix is subscribed to, by this connection.</summary>
    public IReadOnlyDictionary<string, int> Subscriptions => _subscriptions;

    public Task SendAsync(FluxMessage message) => frames.SendAsync(message, CancellationToken.None).AsTask();

    /// <summary>Sends bytes that are not necessarily a frame.</summary>
    public Task SendRawAsync(byte[] bytes) => stream.WriteAsync(bytes).AsTask();

    public async Task ServeAsync()
    {
        try
        {
            while (await frames.ReceiveAsync(CancellationToken.None) is { } request)
            {
                broker.Requests.Enqueue(request);
                if (request.Flags.HasFlag(MessageFlags.NoResponse) && request.Topic!.EndsWith("-cancel", StringComparison.Ordinal))
                {
                    await CancelAsync(RpcPayload.Json(request).GetProperty("matchtag").GetUInt32());
                    continue;
                }

                var call = new FakeCall(this, request);
                if (request.Flags.HasFlag(MessageFlags.Streaming))
                {
                    _streams[request.MatchTag] = call;
                }

                var handling = broker.HandleAsync(call);
                _handlers[handling] = 0;
                _ = handling.ContinueWith(done => _handlers.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (IOException)
        {
            // Cut off.
        }

        foreach (var call in _streams.Values)
        {
            call.SetCancelled();
        }

        await frames.DisposeAsync();
        await Task.WhenAll(_handlers.Keys);
    }

    public Task SubscribeAsync(FakeCall call)
    {
        _subscriptions.AddOrUpdate(call.Json.GetProperty("topic").GetString()!, 1, (_, count) => count + 1);
        return call.RespondAsync();
    }

    public Task UnsubscribeAsync(FakeCall call)
    {
        _subscriptions.AddOrUpdate(call.Json.GetProperty("topic").GetString()!, -1, (_, count) => count - 1);
        return call.RespondAsync();
    }

    public async Task PublishAsync(string topic, string? json)
    {
        if (!_subscriptions.Any(one => one.Value > 0 && topic.StartsWith(one.Key, StringComparison.Ordinal)))
        {
            return;
        }

        // Events carry a route, whatever RFC 3 says (surprise 22).
        await SendAsync(new FluxMessage
        {
            Type = MessageType.Event,
            Flags = MessageFlags.Topic | MessageFlags.Route | (json is null ? MessageFlags.None : MessageFlags.Payload),
            UserId = 1001,
            RoleMask = 1,
            Aux = Interlocked.Increment(ref _sequence),
            Routes = ["an-event-route"u8.ToArray()],
            Topic = topic,
            Payload = json is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(json + "\0"),
        });
    }

    public ValueTask DisposeAsync() => frames.DisposeAsync();

    internal void Ended(FakeCall call) => _streams.TryRemove(call.Request.MatchTag, out _);

    private async Task CancelAsync(uint matchTag)
    {
        if (_streams.TryGetValue(matchTag, out var call))
        {
            call.SetCancelled();
            if (call.EndsWhenCancelled)
            {
                await call.EndAsync();
            }
        }
    }
}
