using FluxRestful.Core.Jobs;
using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Processes;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>
/// Runs the tasks of one job and keeps its guest logs. Lives on the loop, from <see cref="Start"/> to the one call of
/// <paramref name="finished"/> with the status of the job: the highest of its tasks' exit codes, 128 and more for signals.
/// </summary>
internal sealed class JobShell(Job job, ShellHost host, Action<string> failed, Action<int> finished)
{
    private const int SigKill = 9;

    private readonly List<TaskProcess> _tasks = [];
    private readonly GuestOutput _output = new(job.Output, host.Outputs, host.Options.MaxOutputBytesPerJob, host.Time);
    private readonly string _directory = Path.Combine(JobFiles.AllIn(host.Directory), job.Id.ToString(JobIdFormat.F58));
    private readonly ShellLog _log = new(job, host.Time);
    private ShellService? _service;
    private TaskStreams? _streams;
    private int _running;
    private int _exitCode;

    /// <summary>Completes when no process of the job is left.</summary>
    public Task Ended => Task.WhenAll(_tasks.Select(task => task.Completion));

    public void Start()
    {
        var count = job.Jobspec.TaskCount(job.Allocation!.Cores.Count);
        _log.Initialised(count);
        _output.Header(count);
        var name = $"{job.UserId}-shell-{job.Id.ToString(JobIdFormat.F58)}";
        try
        {
            Check(count);
            Prepare(count, out var template, out var directory);
            _service = new ShellService(name, job, _tasks);
            host.Router.TryAdd(_service);
            _log.ShellStarted(name);
            Launch(count, template, directory);
            _log.TasksStarted(count);
        }
        catch (SpawnException e)
        {
            Fail($"task {_tasks.Count} (host {host.HostName}): start failed: {Command0}: {e.Message}", e.ExitCode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Fail($"shell_init: {e.Message}", 1);
        }

        Watch();
    }

    public void Signal(int signal) => _tasks.ForEach(task => task.Signal(signal));

    private string Command0 => job.Jobspec.Command.Count > 0 ? job.Jobspec.Command[0] : "";

    // Nothing ties the number of tasks to that of the cores.
    private void Check(int count)
    {
        if (count > host.Options.MaxTasksPerJob)
        {
            throw new IOException($"{count} tasks: this broker starts no more than {host.Options.MaxTasksPerJob} tasks of a job");
        }
    }

    private void Prepare(int count, out Template template, out string directory)
    {
        JobFiles.Write(_directory, job.Jobspec.Member("files"));
        template = new Template(job.Id, job.Record?.Name ?? "", count, _directory);
        directory = WorkingDirectory();
        _streams = TaskStreams.Open(job.Jobspec, template, directory);
    }

    // A missing directory is no error: the job runs elsewhere, and its output says so (surprise 45).
    private string WorkingDirectory()
    {
        const int Enter = 1;
        var wanted = Path.GetFullPath(job.Jobspec.WorkingDirectory ?? Environment.CurrentDirectory);
        if (Directory.Exists(wanted) && Native.Access(wanted, Enter) == 0)
        {
            return wanted;
        }

        var why = Native.Describe(Directory.Exists(wanted) ? SpawnException.NoPermission : SpawnException.NotFound);
        _output.Data("stderr", 0, $"Could not change dir to {wanted}: {why}. Going to /tmp instead\n");
        return "/tmp";
    }

    private void Launch(int count, Template template, string directory)
    {
        for (var rank = 0; rank < count; rank++)
        {
            if (job.Jobspec.Command.Count == 0)
            {
                throw new SpawnException(SpawnException.NotFound);
            }

            Redirect("stdout", rank, _streams!.OutputPath);
            Redirect("stderr", rank, _streams.ErrorPath);
            var command = job.Jobspec.Command.Select(part => template.Expand(part, rank)).ToArray();
            var environment = TaskEnvironment.Of(job, host, count, rank, _directory).ToArray();
            _tasks.Add(TaskProcess.Start(rank, command, environment, directory, _streams, _output, host));
        }
    }

    private void Redirect(string stream, int rank, string? path)
    {
        if (path is not null)
        {
            _output.Redirect(stream, rank, path);
        }
    }

    private void Fail(string note, int exitCode)
    {
        _exitCode = exitCode;
        _output.Log(0, note);
        Signal(SigKill);
        failed(note);
    }

    private void Watch()
    {
        _streams?.Dispose();
        _running = _tasks.Count;
        if (_running == 0)
        {
            // A job without tasks: its shell has nothing to run, which is a failure.
            _exitCode = _exitCode == 0 ? 1 : _exitCode;
            Finish();
        }

        foreach (var task in _tasks)
        {
            _ = Await(task);
        }
    }

    // The task is awaited through Ended when the broker ends.
    private async Task Await(TaskProcess task)
    {
        var status = await task.Completion;
        await host.Loop.Post(() => TaskEnded(task, status), CancellationToken.None);
    }

    private void TaskEnded(TaskProcess task, int status)
    {
        if (_running == _tasks.Count)
        {
            _log.FirstTaskEnded(task, status);
        }

        var signal = status & 0x7F;
        _exitCode = Math.Max(_exitCode, signal != 0 ? 128 + signal : status >> 8);
        if (--_running == 0)
        {
            Finish();
        }
    }

    private void Finish()
    {
        if (_service is not null)
        {
            host.Router.Remove(_service.Name);
        }

        JobFiles.Remove(_directory);
        _log.Finished(_exitCode << 8);
        job.Output.End();
        job.Input.End();
        job.Exec.End();
        finished(_exitCode << 8);
    }
}
