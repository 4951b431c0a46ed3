using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Processes;
using Microsoft.Win32.SafeHandles;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>One task of a job: a process, its input, and the reading of its output.</summary>
internal sealed class TaskProcess
{
    private const int SigKill = 9;

    // For what a killed task wrote to come through.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TaskProcess(int rank, int pid, TaskInput? input, Captures captures, ShellHost host)
    {
        Rank = rank;
        Pid = pid;
        Input = input;
        Completion = Complete(captures, host);
    }

    public int Rank { get; }

    /// <summary>Process id, session and process group.</summary>
    public int Pid { get; }

    /// <summary>Null if it reads a file.</summary>
    public TaskInput? Input { get; }

    /// <summary>Completes with the wait status once the process has ended and its output is read to the end.</summary>
    public Task<int> Completion { get; }

    /// <exception cref="SpawnException">It could not be started.</exception>
    public static TaskProcess Start(
        int rank, IReadOnlyList<string> command, IReadOnlyList<string> environment, string directory, TaskStreams streams, GuestOutput output, ShellHost host)
    {
        var path = Programs.Find(command[0], PathOf(environment), directory);
        var input = streams.Input is null ? Pipe.ForReadingByChild() : null;
        var captures = new Captures(streams, output, rank, host);
        try
        {
            var pid = ProcessSpawner.Start(
                path, command, environment, directory, input?.ChildEnd ?? Descriptor(streams.Input!), captures.Output, captures.Error);
            host.Watchdog.Add(pid);
            input?.CloseChildEnd();
            var taskInput = input is null ? null : new TaskInput(input.Ours);
            return new TaskProcess(rank, pid, taskInput, captures, host);
        }
        catch
        {
            input?.Dispose();
            captures.Dispose();
            throw;
        }
    }

    /// <summary>Signals the task and whatever it started, if it has not completed.</summary>
    public void Signal(int signal)
    {
        if (!Completion.IsCompleted)
        {
            Children.Signal(Pid, signal);
            if (signal == SigKill)
            {
                _killed.TrySetResult();
            }
        }
    }

    private static string? PathOf(IReadOnlyList<string> environment) =>
        environment.FirstOrDefault(variable => variable.StartsWith("PATH=", StringComparison.Ordinal))?[5..];

    private static int Descriptor(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    private async Task<int> Complete(Captures captures, ShellHost host)
    {
        using var ended = new CancellationTokenSource();
        using var abandoned = new CancellationTokenSource();
        var captured = captures.Run(abandoned.Token);
        var writing = Input?.Run(ended.Token) ?? Task.CompletedTask;
        var status = await host.Children.WaitFor(Pid);
        await ended.CancelAsync();
        await writing;

        // What it left in a session of its own may hold the pipes for ever. Who kills the job does not wait for that.
        if (await Task.WhenAny(captured, _killed.Task) != captured && await Task.WhenAny(captured, Task.Delay(Grace, host.Time, abandoned.Token)) != captured)
        {
            await abandoned.CancelAsync();
        }

        await captured;

        // The process is a zombie until now, so the group is still its own: what it left behind ends with it.
        Children.Signal(Pid, SigKill);
        Children.Reap(Pid);
        host.Watchdog.Remove(Pid);
        return status;
    }

    /// <summary>The output ends: pipes that are read here, or files.</summary>
    private sealed class Captures : IDisposable
    {
        private readonly Pipe? _output;
        private readonly Pipe? _error;
        private readonly OutputCapture _readOutput;
        private readonly OutputCapture _readError;

        public Captures(TaskStreams streams, GuestOutput output, int rank, ShellHost host)
        {
            _output = streams.Output is null ? Pipe.ForWritingByChild() : null;
            _error = streams.Error is null ? Pipe.ForWritingByChild() : null;
            Output = _output?.ChildEnd ?? Descriptor(streams.Output!);
            Error = _error?.ChildEnd ?? Descriptor(streams.Error!);
            _readOutput = new OutputCapture(output, "stdout", rank, streams.IsOutputUnbuffered, host.Loop, host.Time);
            _readError = new OutputCapture(output, "stderr", rank, streams.IsErrorUnbuffered, host.Loop, host.Time);
        }

        public int Output { get; }

        public int Error { get; }

        public Task Run(CancellationToken abandoned)
        {
            _output?.CloseChildEnd();
            _error?.CloseChildEnd();
            return Task.WhenAll(
                _output is null ? Task.CompletedTask : _readOutput.Run(_output.Ours, abandoned),
                _error is null ? Task.CompletedTask : _readError.Run(_error.Ours, abandoned));
        }

        public void Dispose()
        {
            _output?.Dispose();
            _error?.Dispose();
        }
    }
}
