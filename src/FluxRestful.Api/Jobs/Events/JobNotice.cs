using System.Buffers;
using System.Text.Json;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Events;

/// <summary>An event of a job as all of its followers get it: written once, and with nothing of the broker's message kept.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind"><c>job</c>; or <c>ready</c> and <c>reset</c>, which are about the stream.</param>
/// <param name="Job">Whose event it is.</param>
/// <param name="Owner">Whose job that is; 0 for nobody's.</param>
/// <param name="Json">The body.</param>
internal sealed record JobNotice(JobEventId Id, string Kind, JobId Job, int Owner, byte[] Json)
{
    /// <summary>The kind that is about a job.</summary>
    public const string OfJob = "job";

    public static JobNotice Of(JobEventId id, JobEntry entry, JobEvent happened) =>
        new(id, OfJob, entry.Record.Id, entry.Owner.TenantId, Write(writer => WriteEvent(writer, id, entry, happened)));

    /// <summary>From here on the stream goes without a gap.</summary>
    public static JobNotice Ready(JobEventId id, JobEntry? entry) => Mark("ready", id, entry);

    /// <summary>Something may have been missed: read anew what there is.</summary>
    public static JobNotice Reset(JobEventId id) => Mark("reset", id, null);

    private static JobNotice Mark(string kind, JobEventId id, JobEntry? entry) => new(id, kind, default, 0, Write(writer =>
    {
        writer.WriteString("eventId", id.ToString());
        writer.WriteString("event", kind);
        if (entry is not null)
        {
            WriteJob(writer, entry);
        }
    }));

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEvent(Utf8JsonWriter writer, JobEventId id, JobEntry entry, JobEvent happened)
    {
        writer.WriteString("eventId", id.ToString());
        writer.WriteString("event", happened.Name);
        writer.WriteString("time", DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(happened.Timestamp, 0, 253_402_300_799)));
        WriteJob(writer, entry);
        if (happened.Context is { } context)
        {
            writer.WritePropertyName("context");
            context.WriteTo(writer);
        }
    }

    private static void WriteJob(Utf8JsonWriter writer, JobEntry entry)
    {
        var job = entry.Record;
        writer.WriteString("id", job.Id.ToString());
        if (job.Name is { } name)
        {
            writer.WriteString("name", name);
        }

        writer.WriteString("state", job.State.ToString().ToUpperInvariant());
        writer.WriteString("status", job.Status);
        if (job.State == JobState.Inactive)
        {
            writer.WriteString("result", job.Result.ToString().ToUpperInvariant());
            if (job.ReturnCode is { } code)
            {
                writer.WriteNumber("returncode", code);
            }
        }
    }
}
