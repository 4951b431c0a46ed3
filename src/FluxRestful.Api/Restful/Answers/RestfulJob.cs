using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Restful.Answers;

/// <summary>A job as <c>/v1</c> shows it: the attributes of job-list, either as they are or with details, where an empty text stands for "has none".</summary>
internal static class RestfulJob
{
    /// <summary>What details say in their own way.</summary>
    private static readonly FrozenSet<string> Kept =
        JobRecordJson.Attributes.Except(["state", "result", "priority", "nnodes", "nodelist", "waitstatus", "duration"]).ToFrozenSet();

    /// <summary>States and results are numbers, what has no value is absent.</summary>
    public static void WritePlain(Utf8JsonWriter writer, JobRecord job) => JobRecordJson.Write(writer, job);

    /// <param name="writer">Where to.</param>
    /// <param name="job">The job.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <param name="isRow">A row of a table has all of its cells: <c>ranks</c> and <c>expiration</c> too are there if empty.</param>
    public static void WriteDetails(Utf8JsonWriter writer, JobRecord job, double now, bool isRow)
    {
        writer.WriteStartObject();
        JobRecordJson.WriteMembers(writer, job, Kept);
        writer.WriteString("state", job.State.ToString().ToUpperInvariant());
        writer.WriteString("result", job.Result == JobResult.None ? "" : job.Result.ToString().ToUpperInvariant());
        Write(writer, "priority", job.Priority);
        Write(writer, "nnodes", job.NNodes);
        writer.WriteString("nodelist", job.NodeList ?? "");
        Write(writer, "waitstatus", job.WaitStatus);
        Write(writer, "returncode", job.ReturnCode);
        WriteReal(writer, "duration", job.Duration);
        WriteReal(writer, "runtime", job.RuntimeAt(now));
        WriteException(writer, job);
        if (isRow && job.Ranks is null)
        {
            writer.WriteString("ranks", "");
        }

        if (isRow && job.Expiration is null)
        {
            writer.WriteString("expiration", "");
        }

        writer.WriteEndObject();
    }

    private static void WriteException(Utf8JsonWriter writer, JobRecord job)
    {
        var ended = job.State == JobState.Inactive;
        var exception = ended ? job.Exception : null;
        writer.WriteStartObject("exception");
        if (ended)
        {
            writer.WriteBoolean("occurred", exception is not null);
        }
        else
        {
            writer.WriteString("occurred", "");
        }

        Write(writer, "severity", exception?.Severity);
        writer.WriteString("type", exception?.Type ?? "");
        writer.WriteString("note", exception?.Note ?? "");
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteString(name, "");
        }
    }

    /// <summary>A real number stays one also if it is whole: 60.0.</summary>
    private static void WriteReal(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is not { } number)
        {
            writer.WriteString(name, "");
            return;
        }

        writer.WritePropertyName(name);
        Span<byte> text = stackalloc byte[32];
        number.TryFormat(text, out var length, double.IsInteger(number) && Math.Abs(number) < 1e15 ? "F1" : "R", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
