using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace FluxRestful.Tests.Fakes;

/// <summary>Everything that was logged, as text: message, properties and exceptions.</summary>
internal sealed class MemoryLog : ILogEventSink
{
    private readonly ConcurrentQueue<string> _events = new();

    internal string Text => string.Join('\n', _events);

    internal void Clear() => _events.Clear();

    public void Emit(LogEvent logEvent) => _events.Enqueue(
        $"{logEvent.RenderMessage(CultureInfo.InvariantCulture)} {string.Join(' ', logEvent.Properties)} {logEvent.Exception}");
}
