using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.EventLogs;

/// <summary>The stream of all events of all jobs: <c>job-manager.events-journal</c>.</summary>
internal sealed class Journal(JobTable jobs)
{
    private readonly List<JournalListener> _listeners = [];

    public int Listeners => _listeners.Count;

    public long Events { get; private set; }

    public void Open(Request request)
    {
        var full = request.Message.Payload is not null && (request.Payload.OptionalBoolean("full") ?? false);
        JournalListener? listener = null;
        var stream = ResponseStream.Open(request, _ => _listeners.Remove(listener!));
        listener = new JournalListener(stream, Names(request, "allow"), Names(request, "deny"), full ? jobs.All : jobs.Active);
        _listeners.Add(listener);
        listener.Pump();
    }

    /// <summary>One event happened; jobspec comes with <c>submit</c> and R with <c>alloc</c>.</summary>
    public void Publish(Job job, string name, byte[] line, byte[]? jobspec, byte[]? r)
    {
        Events++;
        byte[]? message = null;
        foreach (var listener in _listeners.ToArray())
        {
            if (listener.Wants(job, name))
            {
                message ??= JournalListener.Encode(job.Id.WireValue, writer => writer.WriteRawValue(line.AsSpan().TrimEnd((byte)'\n'), skipInputValidation: true), jobspec, r);
                listener.Send(message);
            }
        }
    }

    public void End()
    {
        foreach (var listener in _listeners.ToArray())
        {
            listener.End();
        }
    }

    private static HashSet<string>? Names(Request request, string member) =>
        request.Message.Payload is not null && request.Payload.OptionalObject(member) is { } names
            ? names.EnumerateObject().Select(name => name.Name).ToHashSet()
            : null;
}
