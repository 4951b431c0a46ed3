using System.Text.Json;
using FluxRestful.Core.Framing;
using Microsoft.Extensions.Logging;

namespace FluxRestful.Core.Rpc;

// The two loops of a link. They end with the connection and are awaited by DisposeAsync.
public sealed partial class BrokerLink
{
    private static RpcRequest TopicRequest(string topic, string prefix) => new(topic)
    {
        Payload = JsonSerializer.SerializeToUtf8Bytes(new() { ["topic"] = prefix }, Services.FluxJson.Default.DictionaryStringString),
    };

    private async Task ReadAsync()
    {
        BrokerDisconnectedException loss;
        try
        {
            while (await _frames.ReceiveAsync(CancellationToken.None).ConfigureAwait(false) is { } message)
            {
                Dispatch(message);
            }

            loss = new BrokerDisconnectedException("The broker closed the connection.");
        }
        catch (ProtocolException e)
        {
            LogHostile(e);
            loss = new BrokerDisconnectedException("The broker sent something that is not the Flux protocol.", innerException: e);
        }
        catch (Exception e)
        {
            // Whatever ended the loop, those who wait must hear of it.
            loss = new BrokerDisconnectedException("The connection to the broker was lost.", innerException: e);
        }

        Lose(loss);

        // Nobody reads from here on. Closing also frees senders that wait for a place in the outbox.
        await _frames.DisposeAsync().ConfigureAwait(false);
    }

    private void Dispatch(FluxMessage message)
    {
        switch (message.Type)
        {
            case MessageType.Response when _pending.TryGetValue(message.MatchTag, out var pending):
                if (!pending.Deliver(message))
                {
                    _pending.TryRemove(message.MatchTag, out _);
                }

                break;
            case MessageType.Event:
                _events.Deliver(message);
                break;
            default:
                // A late answer to a call that was given up, an answer after a stream's end, or a kind of message that is not for clients.
                LogDropped(message.Type, message.Topic, message.MatchTag);
                break;
        }
    }

    private async Task SendFarewellsAsync()
    {
        var together = new List<Task>();
        try
        {
            while (await _farewells.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                together.Clear();
                while (_farewells.Reader.TryRead(out var request))
                {
                    together.Add(SendAsync(request.ToMessage(0, MessageFlags.NoResponse), CancellationToken.None).AsTask());
                }

                await Task.WhenAll(together).ConfigureAwait(false);
            }
        }
        catch (BrokerDisconnectedException)
        {
            // The broker forgets the streams of a connection that is gone.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The broker sent something that is not the Flux protocol; the connection is given up.")]
    private partial void LogHostile(Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Dropped a {Type} about {Topic} with matchtag {MatchTag} that nobody waits for.")]
    private partial void LogDropped(MessageType type, string? topic, uint matchTag);
}
