using FluxRestful.EmbeddedBroker.Processes;
using Microsoft.Win32.SafeHandles;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>Where the three standard streams of a job's tasks lead: to pipes of ours, to files, or nowhere.</summary>
internal sealed class TaskStreams : IDisposable
{
    private readonly List<SafeFileHandle> _handles = [];

    /// <summary>The file that is standard input; null for a pipe.</summary>
    public SafeFileHandle? Input { get; private set; }

    /// <summary>The file that takes standard output; null for a pipe.</summary>
    public SafeFileHandle? Output { get; private set; }

    public SafeFileHandle? Error { get; private set; }

    /// <summary>Set if the stream goes to a file, and the job's output should say so.</summary>
    public string? OutputPath { get; private set; }

    public string? ErrorPath { get; private set; }

    public bool IsOutputUnbuffered { get; private set; }

    public bool IsErrorUnbuffered { get; private set; }

    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static TaskStreams Open(Jobs.Jobspec jobspec, Template template, string directory)
    {
        var streams = new TaskStreams
        {
            IsOutputUnbuffered = Text(jobspec, "output", "stdout", "buffer", "type") == "none",
            IsErrorUnbuffered = Text(jobspec, "output", "stderr", "buffer", "type") == "none",
        };
        try
        {
            streams.OpenAll(jobspec, template, directory);
            return streams;
        }
        catch
        {
            streams.Dispose();
            throw;
        }
    }

    public void Dispose() => _handles.ForEach(handle => handle.Dispose());

    private static string? Text(Jobs.Jobspec jobspec, params ReadOnlySpan<string> path) =>
        jobspec.ShellOption(path) is { ValueKind: System.Text.Json.JsonValueKind.String } value ? value.GetString() : null;

    private void OpenAll(Jobs.Jobspec jobspec, Template template, string directory)
    {
        (Output, OutputPath) = OpenOutput(jobspec, "stdout", template, directory);
        (Error, ErrorPath) = jobspec.ShellOption("output", "stderr", "type") is not null
            ? OpenOutput(jobspec, "stderr", template, directory)
            : (Output, OutputPath); // Only stdout to a file: stderr follows it (surprise 56).
        if (Text(jobspec, "input", "stdin", "type") == "file" && Text(jobspec, "input", "stdin", "path") is { } input)
        {
            Input = Keep(Files.OpenToRead(Path.Combine(directory, template.Expand(input))));
        }
    }

    private (SafeFileHandle? Handle, string? Path) OpenOutput(Jobs.Jobspec jobspec, string stream, Template template, string directory)
    {
        switch (Text(jobspec, "output", stream, "type"))
        {
            case "none":
                return (Keep(File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite)), null);
            case "file" when Text(jobspec, "output", stream, "path") is { } name:
                var path = template.Expand(name);
                var isAppended = Text(jobspec, "output", "mode") == "append";
                return (Keep(Files.OpenToWrite(Path.Combine(directory, path), isAppended)), path);
            default:
                return (null, null);
        }
    }

    private SafeFileHandle Keep(SafeFileHandle handle)
    {
        _handles.Add(handle);
        return handle;
    }
}
