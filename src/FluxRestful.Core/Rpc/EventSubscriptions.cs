using System.Collections.Immutable;
using FluxRestful.Core.Framing;

namespace FluxRestful.Core.Rpc;

/// <summary>
/// Who on this connection wants which events. The broker counts a connection's subscriptions itself and delivers an event once, however many of
/// them match; so each subscriber subscribes and unsubscribes for himself, and here an event is handed to everyone whose prefix matches.
/// </summary>
internal sealed class EventSubscriptions
{
    private ImmutableArray<(string Prefix, MessageQueue Queue)> _all = [];

    public MessageQueue Add(string prefix)
    {
        var queue = new MessageQueue(prefix, RpcRequest.DefaultMaxQueuedBytes);
        ImmutableInterlocked.Update(ref _all, (all, item) => all.Add(item), (prefix, queue));
        return queue;
    }

    public void Remove(MessageQueue queue) =>
        ImmutableInterlocked.Update(ref _all, (all, gone) => all.RemoveAll(item => item.Queue == gone), queue);

    public void Deliver(FluxMessage message)
    {
        foreach (var (prefix, queue) in _all)
        {
            if (message.Topic?.StartsWith(prefix, StringComparison.Ordinal) == true)
            {
                // One that is full has ended; its reader finds out and leaves.
                queue.TryAdd(message);
            }
        }
    }

    public void Fail(BrokerDisconnectedException loss)
    {
        foreach (var (_, queue) in _all)
        {
            queue.Complete(loss.For("", loss.RetryAfter));
        }
    }
}
