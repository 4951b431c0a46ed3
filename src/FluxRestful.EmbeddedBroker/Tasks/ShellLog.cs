using System.Text.Json;
using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Jobs;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>guest.exec.eventlog and guest.input: what a job shell tells of itself.</summary>
internal sealed class ShellLog(Job job, TimeProvider time)
{
    public void Initialised(int tasks)
    {
        Append("init");
        Append("starting");
        job.Input.Append(LogLine.Encode(time.Now(), "header", writer =>
        {
            writer.WriteNumber("version", 1);
            writer.WriteStartObject("encoding");
            writer.WriteString("stdin", "UTF-8");
            writer.WriteEndObject();
            writer.WriteStartObject("count");
            writer.WriteNumber("stdin", tasks);
            writer.WriteEndObject();
            writer.WriteStartObject("options");
            writer.WriteEndObject();
        }));
    }

    public void ShellStarted(string service) => Append("shell.init", writer =>
    {
        writer.WriteString("service", service);
        writer.WriteNumber("leader-rank", 0);
        writer.WriteNumber("size", 1);
    });

    public void TasksStarted(int tasks) => Append("shell.start", writer =>
    {
        writer.WriteStartObject("taskmap");
        writer.WriteNumber("version", 1);
        writer.WriteStartArray("map");
        writer.WriteStartArray();
        foreach (var number in (int[])[0, 1, tasks, 1])
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public void FirstTaskEnded(TaskProcess task, int status) => Append("shell.task-exit", writer =>
    {
        var signal = status & 0x7F;
        writer.WriteNumber("localid", task.Rank);
        writer.WriteNumber("rank", task.Rank);
        writer.WriteString("state", "Exited");
        writer.WriteNumber("pid", task.Pid);
        writer.WriteNumber("wait_status", status);
        writer.WriteNumber("signaled", signal);
        writer.WriteNumber("exitcode", signal != 0 ? 128 + signal : status >> 8);
    });

    public void Finished(int status)
    {
        Append("shell-exit", writer =>
        {
            writer.WriteNumber("rank", 0);
            writer.WriteNumber("wait_status", status);
        });
        Append("complete", writer => writer.WriteNumber("status", status));
        Append("done");
    }

    private void Append(string name, Action<Utf8JsonWriter>? context = null) => job.Exec.Append(
        context is null ? LogLine.Encode(time.Now(), name, (byte[]?)null) : LogLine.Encode(time.Now(), name, context));
}
