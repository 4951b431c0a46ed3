using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace FluxRestful.Api.Secrets;

/// <summary>
/// Closes this process to others of the same Unix account, which in single-user mode every job is: neither its memory, its environment nor its open files
/// can be read, no debugger can attach. Root is not kept out.
/// </summary>
internal static partial class ProcessWalls
{
    private const int SetDumpable = 4;

    internal static void Close()
    {
        // Not a test's process, which is its own master.
        if (Assembly.GetEntryAssembly() != typeof(ProcessWalls).Assembly)
        {
            return;
        }

        // Where this is refused, nothing is worse than before.
        _ = Control(SetDumpable, 0, 0, 0, 0);
        RemoveDiagnosticPorts();
    }

    // The runtime's own doors, by which whoever is of the same account gets the environment and a dump. DOTNET_EnableDiagnostics=0 never opens them; only here
    // it is too late for that.
    private static void RemoveDiagnosticPorts()
    {
        var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (var pattern in (string[])[$"dotnet-diagnostic-{id}-*", $"clr-debug-pipe-{id}-*"])
        {
            try
            {
                foreach (var port in Directory.EnumerateFileSystemEntries(Path.GetTempPath(), pattern))
                {
                    File.Delete(port);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A directory that cannot be read holds no door of ours.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint value, nint unused3, nint unused4, nint unused5);
}
