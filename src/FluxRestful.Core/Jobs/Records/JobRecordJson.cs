using System.Text.Json;

namespace FluxRestful.Core.Jobs.Records;

/// <summary>A job's record as the JSON of <c>job-list</c>, both ways. An attribute without value is absent, never null.</summary>
public static class JobRecordJson
{
    private static readonly (string Name, JsonEncodedText Encoded, Action<Utf8JsonWriter, JsonEncodedText, JobRecord> Write)[] Writers =
    [
        Attribute("userid", (w, n, j) => w.WriteNumber(n, j.UserId)),
        Attribute("urgency", (w, n, j) => w.WriteNumber(n, j.Urgency)),
        Attribute("priority", (w, n, j) => Integer(w, n, j.Priority)),
        Attribute("t_submit", (w, n, j) => Real(w, n, j.TSubmit)),
        Attribute("t_depend", (w, n, j) => Real(w, n, j.TDepend)),
        Attribute("t_priority", (w, n, j) => Real(w, n, j.TPriority)),
        Attribute("t_sched", (w, n, j) => Real(w, n, j.TSched)),
        Attribute("t_run", (w, n, j) => Real(w, n, j.TRun)),
        Attribute("t_cleanup", (w, n, j) => Real(w, n, j.TCleanup)),
        Attribute("t_inactive", (w, n, j) => Real(w, n, j.TInactive)),
        Attribute("state", (w, n, j) => w.WriteNumber(n, (int)j.State)),
        Attribute("name", (w, n, j) => Text(w, n, j.Name)),
        Attribute("cwd", (w, n, j) => Text(w, n, j.Cwd)),
        Attribute("queue", (w, n, j) => Text(w, n, j.Queue)),
        Attribute("project", (w, n, j) => Text(w, n, j.Project)),
        Attribute("bank", (w, n, j) => Text(w, n, j.Bank)),
        Attribute("ntasks", (w, n, j) => Integer(w, n, j.NTasks)),
        Attribute("ncores", (w, n, j) => Integer(w, n, j.NCores)),
        Attribute("duration", (w, n, j) => Real(w, n, j.Duration)),
        Attribute("nnodes", (w, n, j) => Integer(w, n, j.NNodes)),
        Attribute("ranks", (w, n, j) => Text(w, n, j.Ranks)),
        Attribute("nodelist", (w, n, j) => Text(w, n, j.NodeList)),
        Attribute("success", (w, n, j) => Ended(j, () => w.WriteBoolean(n, j.Success))),
        Attribute("exception_occurred", (w, n, j) => Ended(j, () => w.WriteBoolean(n, j.Exception is not null))),
        Attribute("exception_type", (w, n, j) => Ended(j, () => Text(w, n, j.Exception?.Type))),
        Attribute("exception_severity", (w, n, j) => Ended(j, () => Integer(w, n, j.Exception?.Severity))),
        Attribute("exception_note", (w, n, j) => Ended(j, () => Text(w, n, j.Exception?.Note))),
        Attribute("result", (w, n, j) => Ended(j, () => w.WriteNumber(n, (int)j.Result))),
        Attribute("expiration", (w, n, j) => Real(w, n, j.Expiration)),
        Attribute("annotations", WriteAnnotations),
        Attribute("waitstatus", (w, n, j) => Integer(w, n, j.WaitStatus)),
        Attribute("dependencies", WriteDependencies),
    ];

    /// <summary>The attributes in the order of <c>job-list.list-attrs</c>; <c>id</c> is none, it always comes.</summary>
    public static IReadOnlyList<string> Attributes { get; } = [.. Writers.Select(writer => writer.Name)];

    /// <summary>Writes the object that <c>job-list</c> answers.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="job">The record.</param>
    /// <param name="attributes">The attributes wanted beside the id; null means all that have a value.</param>
    public static void Write(Utf8JsonWriter writer, JobRecord job, IReadOnlySet<string>? attributes = null)
    {
        writer.WriteStartObject();
        WriteMembers(writer, job, attributes);
        writer.WriteEndObject();
    }

    /// <summary>The same without the braces, for who has members to add.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, JobRecord job, IReadOnlySet<string>? attributes = null)
    {
        writer.WriteNumber("id", job.Id.WireValue);
        foreach (var (name, encoded, write) in Writers)
        {
            if (attributes is null || attributes.Contains(name))
            {
                write(writer, encoded, job);
            }
        }
    }

    /// <summary>Reads the object that <c>job-list</c> answers. What was not asked for is absent or has its default.</summary>
    /// <exception cref="FormatException">It has no id.</exception>
    public static JobRecord Read(JsonElement job)
    {
        var state = (JobState)(job.Get("state").SmallInteger() ?? (int)JobState.New);
        return new JobRecord
        {
            Id = JobId.FromWire(job.Get("id").Integer() ?? throw new FormatException("A job's record lacks its id.")),
            UserId = (uint)(job.Get("userid").Integer() ?? uint.MaxValue),
            Urgency = job.Get("urgency").SmallInteger() ?? -1,
            Priority = job.Get("priority").Integer(),
            TSubmit = job.Get("t_submit").Real(),
            TDepend = job.Get("t_depend").Real(),
            TPriority = job.Get("t_priority").Real(),
            TSched = job.Get("t_sched").Real(),
            TRun = job.Get("t_run").Real(),
            TCleanup = job.Get("t_cleanup").Real(),
            TInactive = job.Get("t_inactive").Real(),
            State = state,
            StatesSeen = Seen(job, state),
            Name = job.Get("name").Text(),
            Cwd = job.Get("cwd").Text(),
            Queue = job.Get("queue").Text(),
            Project = job.Get("project").Text(),
            Bank = job.Get("bank").Text(),
            NTasks = job.Get("ntasks").SmallInteger(),
            NCores = job.Get("ncores").SmallInteger(),
            Duration = job.Get("duration").Real(),
            NNodes = job.Get("nnodes").SmallInteger(),
            Ranks = job.Get("ranks").Text(),
            NodeList = job.Get("nodelist").Text(),
            Result = (JobResult)(job.Get("result").SmallInteger() ?? 0),
            Success = job.TryGet("success", JsonValueKind.True, out _),
            Exception = job.Get("exception_type").Text() is { } type
                ? new(type, job.Get("exception_severity").SmallInteger() ?? 0, job.Get("exception_note").Text() ?? "")
                : null,
            Expiration = job.Get("expiration").Real(),
            Annotations = JobAnnotations.Replace(null, job),
            WaitStatus = job.Get("waitstatus").SmallInteger(),
            Dependencies = job.TryGet("dependencies", JsonValueKind.Array, out var dependencies)
                ? [.. dependencies.EnumerateArray().Select(each => ((JsonElement?)each).Text()).OfType<string>()]
                : null,
        };
    }

    private static (string Name, JsonEncodedText Encoded, Action<Utf8JsonWriter, JsonEncodedText, JobRecord> Write) Attribute(
        string name, Action<Utf8JsonWriter, JsonEncodedText, JobRecord> write) => (name, JsonEncodedText.Encode(name), write);

    private static JobState Seen(JsonElement job, JobState state) =>
        state
        | JobState.New
        | (job.Get("t_depend") is null ? 0 : JobState.Depend)
        | (job.Get("t_priority") is null ? 0 : JobState.Priority)
        | (job.Get("priority") is null ? 0 : JobState.Sched)
        | (job.Get("t_run") is null ? 0 : JobState.Run)
        | (job.Get("t_cleanup") is null ? 0 : JobState.Cleanup);

    private static void Ended(JobRecord job, Action write)
    {
        if (job.State == JobState.Inactive)
        {
            write();
        }
    }

    private static void Text(Utf8JsonWriter writer, JsonEncodedText name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Integer(Utf8JsonWriter writer, JsonEncodedText name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void Real(Utf8JsonWriter writer, JsonEncodedText name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteReal(name, number);
        }
    }

    private static void WriteAnnotations(Utf8JsonWriter writer, JsonEncodedText name, JobRecord job)
    {
        if (job.Annotations is { } annotations)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(annotations, skipInputValidation: true);
        }
    }

    private static void WriteDependencies(Utf8JsonWriter writer, JsonEncodedText name, JobRecord job)
    {
        if (job.Dependencies is not { } dependencies)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var dependency in dependencies)
        {
            writer.WriteStringValue(dependency);
        }

        writer.WriteEndArray();
    }
}
