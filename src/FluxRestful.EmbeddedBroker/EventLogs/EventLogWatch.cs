using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.EventLogs;

/// <summary>Somebody reads an eventlog: what is there, then what comes, at the speed at which it is read. Only a cursor is kept for it.</summary>
internal sealed class EventLogWatch(EventLog log, bool withSentinel)
{
    private ResponseStream? _stream;
    private int _next;
    private bool _owesSentinel = withSentinel;
    private bool _isWaitingForRoom;

    public static void Open(EventLog log, Request request, bool withSentinel)
    {
        var watch = new EventLogWatch(log, withSentinel);
        watch._stream = ResponseStream.Open(request, _ => log.Remove(watch));
        log.Add(watch);
        watch.Pump();
    }

    /// <summary>Sends as much as the client has room for.</summary>
    public void Pump()
    {
        while (_stream is { IsOpen: true } && !_isWaitingForRoom && _next < log.Count)
        {
            if (!_stream.HasRoom)
            {
                _isWaitingForRoom = true;
                _stream.WhenRoom(Resume);
                return;
            }

            var line = log[_next++];
            _stream.Send(Encode(line));
        }

        if (_isWaitingForRoom)
        {
            return;
        }

        if (_owesSentinel && (log.Exists || log.HasEnded))
        {
            _owesSentinel = false;
            _stream?.Send();
        }

        if (log.HasEnded)
        {
            End();
        }
    }

    public void End() => _stream?.End();

    private static byte[] Encode(ReadOnlySpan<byte> line)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(line.Length + (line.Length / 4) + 32);
        using (var writer = JsonText.Writer(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("event", line);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void Resume()
    {
        _isWaitingForRoom = false;
        Pump();
    }
}
