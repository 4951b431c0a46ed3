namespace FluxRestful.Core.Jobs;

/// <summary>Signals of Linux: their names, and what strsignal(3) says of them.</summary>
public static class SignalNames
{
    internal const int Largest = 64;

    private const int FirstRealTime = 34;

    private static readonly (string Name, string Text)[] Table =
    [
        ("HUP", "Hangup"), ("INT", "Interrupt"), ("QUIT", "Quit"), ("ILL", "Illegal instruction"), ("TRAP", "Trace/breakpoint trap"),
        ("ABRT", "Aborted"), ("BUS", "Bus error"), ("FPE", "Floating point exception"), ("KILL", "Killed"), ("USR1", "User defined signal 1"),
        ("SEGV", "Segmentation fault"), ("USR2", "User defined signal 2"), ("PIPE", "Broken pipe"), ("ALRM", "Alarm clock"), ("TERM", "Terminated"),
        ("STKFLT", "Stack fault"), ("CHLD", "Child exited"), ("CONT", "Continued"), ("STOP", "Stopped (signal)"), ("TSTP", "Stopped"),
        ("TTIN", "Stopped (tty input)"), ("TTOU", "Stopped (tty output)"), ("URG", "Urgent I/O condition"), ("XCPU", "CPU time limit exceeded"),
        ("XFSZ", "File size limit exceeded"), ("VTALRM", "Virtual timer expired"), ("PROF", "Profiling timer expired"), ("WINCH", "Window changed"),
        ("IO", "I/O possible"), ("PWR", "Power failure"), ("SYS", "Bad system call"),
    ];

    /// <summary>What strsignal(3) says: <c>Killed</c>.</summary>
    public static string Describe(int signal) => signal switch
    {
        >= 1 when signal <= Table.Length => Table[signal - 1].Text,
        >= FirstRealTime and <= Largest => $"Real-time signal {signal - FirstRealTime}",
        _ => $"Signaled {signal}",
    };

    /// <summary>The number of TERM, SIGTERM or 15 in any case; null if there is none.</summary>
    public static int? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            return number is >= 1 and <= Largest ? number : null;
        }

        var name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text[3..] : text;
        var index = Array.FindIndex(Table, entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index + 1;
    }
}
