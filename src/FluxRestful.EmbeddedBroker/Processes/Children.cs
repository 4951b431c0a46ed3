using System.Runtime.InteropServices;

namespace FluxRestful.EmbeddedBroker.Processes;

/// <summary>
/// Hears of the end of children (SIGCHLD) without a thread for each. A child that ended stays a zombie until it is
/// <see cref="Reap">reaped</see>, so that its process group cannot come to name somebody else's processes meanwhile.
/// </summary>
internal sealed class Children : IDisposable
{
    // Of siginfo_t on Linux.
    private const int CodeOffset = 8;
    private const int StatusOffset = 24;
    private const int PidOffset = 16;
    private const int Exited = 1;
    private const int Dumped = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, TaskCompletionSource<int>> _running = [];
    private readonly PosixSignalRegistration _signals;

    public Children() => _signals = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => Look());

    /// <summary>Completes with the wait status of the child once it has ended.</summary>
    public Task<int> WaitFor(int pid)
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _running[pid] = ended;
        }

        // It may have ended before it was known here.
        Look();
        return ended.Task;
    }

    /// <summary>Lets the kernel forget a child that has ended.</summary>
    public static unsafe void Reap(int pid)
    {
        int status;
        _ = Native.WaitPid(pid, &status, Native.WaitNoHang);
    }

    /// <summary>Signals the child and all in its process group.</summary>
    public static void Signal(int pid, int signal) => _ = Native.Kill(-pid, signal);

    public void Dispose() => _signals.Dispose();

    private void Look()
    {
        lock (_lock)
        {
            foreach (var (pid, ended) in _running)
            {
                if (StatusOf(pid) is { } status)
                {
                    _running.Remove(pid);
                    ended.TrySetResult(status);
                }
            }
        }
    }

    private static unsafe int? StatusOf(int pid)
    {
        var info = stackalloc byte[Native.OpaqueSize];
        new Span<byte>(info, Native.OpaqueSize).Clear();
        var failed = Native.WaitId(Native.ProcessId, pid, info, Native.WaitExited | Native.WaitNoHang | Native.WaitLeave) != 0;
        if (failed)
        {
            // Somebody else reaped it: how it ended is lost.
            return 0xFF00;
        }

        if (*(int*)(info + PidOffset) == 0)
        {
            return null;
        }

        var code = *(int*)(info + CodeOffset);
        var status = *(int*)(info + StatusOffset);
        return code == Exited ? status << 8 : code == Dumped ? status | 0x80 : status;
    }
}
