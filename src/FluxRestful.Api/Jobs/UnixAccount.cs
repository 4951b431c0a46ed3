using System.Runtime.InteropServices;

namespace FluxRestful.Api.Jobs;

/// <summary>The Unix account that this process, and hence every job, runs as.</summary>
internal sealed record UnixAccount(uint Uid, string Name, string Home, string Shell)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Asks the system's own look-up, so that accounts of LDAP and the like are found; an account without entry gets the least.</summary>
    public static UnixAccount Current()
    {
        var uid = geteuid();
        // The entry's texts lie in the buffer: it must not move before they are read.
        var buffer = Marshal.AllocHGlobal(BufferSize);
        try
        {
            return getpwuid_r(uid, out var entry, buffer, BufferSize, out var found) == 0 && found != 0
                ? new UnixAccount(uid, Text(entry.Name, $"{uid}"), Text(entry.Home, "/"), Text(entry.Shell, "/bin/sh"))
                : new UnixAccount(uid, $"{uid}", "/", "/bin/sh");
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    private static string Text(nint pointer, string otherwise) => Marshal.PtrToStringUTF8(pointer) is { Length: > 0 } text ? text : otherwise;

    [DllImport("libc")]
    private static extern uint geteuid();

    [DllImport("libc")]
    private static extern int getpwuid_r(uint uid, out Entry entry, nint buffer, nint size, out nint found);

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public nint Name;
        public nint Password;
        public uint Uid;
        public uint Gid;
        public nint Gecos;
        public nint Home;
        public nint Shell;
    }
}
