using System.Text.Json;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.EventLogs;

/// <summary>
/// One reader of the journal. The backlog goes out at the speed at which it is read: a job that is still to come in it
/// brings along what happens meanwhile, so its live events are not sent as well.
/// </summary>
internal sealed class JournalListener(ResponseStream stream, HashSet<string>? allow, HashSet<string>? deny, IEnumerable<Job> backlog)
{
    private readonly Queue<Job> _backlog = new(backlog);
    private readonly HashSet<Job> _stillToCome = [.. backlog];
    private bool _isCaughtUp;

    public bool Wants(Job job, string name) => IsAllowed(name) && !_stillToCome.Contains(job);

    public void Send(byte[] message) => stream.Send(message);

    public void End() => stream.End();

    public void Pump()
    {
        while (stream.IsOpen && _backlog.Count > 0)
        {
            if (!stream.HasRoom)
            {
                stream.WhenRoom(Pump);
                return;
            }

            var job = _backlog.Dequeue();
            _stillToCome.Remove(job);
            if (job.IsForgotten)
            {
                continue;
            }

            Send(Encode(job.Id.WireValue, writer => WriteEvents(writer, job), job.Jobspec.Original, job.R));
        }

        if (!_isCaughtUp)
        {
            _isCaughtUp = true;
            Send(Encode(-1, _ => { }, null, null));
        }
    }

    public static byte[] Encode(long id, Action<Utf8JsonWriter> events, byte[]? jobspec, byte[]? r) => JsonText.Object(writer =>
    {
        writer.WriteNumber("id", id);
        writer.WriteStartArray("events");
        events(writer);
        writer.WriteEndArray();
        if (jobspec is not null)
        {
            writer.WriteRaw("jobspec", jobspec);
        }

        if (r is not null)
        {
            writer.WriteRaw("R", r);
        }
    });

    private bool IsAllowed(string name) => allow?.Contains(name) ?? !(deny?.Contains(name) ?? false);

    private void WriteEvents(Utf8JsonWriter writer, Job job)
    {
        for (var i = 0; i < job.Events.Count; i++)
        {
            var line = job.Events[i].TrimEnd((byte)'\n');
            if ((allow is null && deny is null) || IsAllowed(NameOf(line)))
            {
                writer.WriteRawValue(line, skipInputValidation: true);
            }
        }
    }

    private static string NameOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetProperty("name").GetString()!;
    }
}
