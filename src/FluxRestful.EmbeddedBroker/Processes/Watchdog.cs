using System.Text;
using Microsoft.Extensions.Logging;

namespace FluxRestful.EmbeddedBroker.Processes;

/// <summary>
/// One small process that outlives this one by a moment: it is told which process groups run, and when its pipe ends
/// (however this process ended, kill -9 included) it kills what is left of them, and whatever else has the mark of a job of
/// this broker in its environment: what left its group, or started in the last moment. Then it removes the broker's directory.
/// </summary>
internal sealed class Watchdog : IAsyncDisposable
{
    private const string Script = """
        trap '' INT TERM HUP QUIT PIPE
        groups=' '
        while read -r verb group; do
            case $verb in
                add) groups="$groups$group " ;;
                del) case $groups in *" $group "*) groups="${groups%%" $group "*} ${groups#*" $group "}" ;; esac ;;
            esac
        done
        for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
        grep -lsazF -- "$2" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r _ _ pid _; do kill -KILL "$pid" 2>/dev/null; done
        [ -z "$1" ] || rm -rf -- "$1"
        """;

    private readonly Lock _lock = new();
    private readonly Pipe? _pipe;
    private readonly int _pid;
    private readonly Task<int> _ended = Task.FromResult(0);

    private Watchdog()
    {
    }

    private Watchdog(Pipe pipe, int pid, Task<int> ended)
    {
        _pipe = pipe;
        _pid = pid;
        _ended = ended;
    }

    /// <summary>The watchdog's own process, 0 if there is none.</summary>
    public int ProcessId => _pid;

    /// <param name="mark">What is in the environment of every process of a job, and of no other.</param>
    /// <param name="directory">What to remove at the end; null for nothing.</param>
    public static Watchdog Start(Children children, string mark, string? directory, ILogger logger)
    {
        var pipe = Pipe.ForReadingByChild();
        try
        {
            using var silence = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
            var nowhere = (int)silence.DangerousGetHandle();
            var pid = ProcessSpawner.Start("/bin/sh", ["sh", "-c", Script, "flux-embedded-watchdog", directory ?? "", mark], ["PATH=/usr/bin:/bin"], "/", pipe.ChildEnd, nowhere, nowhere);
            pipe.CloseChildEnd();
            return new Watchdog(pipe, pid, children.WaitFor(pid));
        }
        catch (Exception e) when (e is SpawnException or IOException or UnauthorizedAccessException)
        {
            logger.NoWatchdog(e.Message);
            pipe.Dispose();
            return new Watchdog();
        }
    }

    public void Add(int group) => Tell($"add {group}\n");

    public void Remove(int group) => Tell($"del {group}\n");

    public async ValueTask DisposeAsync()
    {
        if (_pipe is not null)
        {
            _pipe.Dispose();
            await _ended;
            Children.Reap(_pid);
        }
    }

    private void Tell(string line)
    {
        lock (_lock)
        {
            try
            {
                // Synchronous and tiny: the group must be known before anything else happens.
                _pipe?.Ours.Write(Encoding.ASCII.GetBytes(line));
            }
            catch (IOException)
            {
                // Somebody killed the watchdog. Jobs go on without.
            }
        }
    }
}
