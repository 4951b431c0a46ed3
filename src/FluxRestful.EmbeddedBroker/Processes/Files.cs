using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FluxRestful.EmbeddedBroker.Processes;

/// <summary>Opens files for children to inherit. A named pipe with nobody at its other end holds nobody up: it is an error, or empty.</summary>
internal static class Files
{
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Truncate = 0x200;
    private const int Append = 0x400;
    private const int NonBlocking = 0x800;
    private const int SetStatusFlags = 4;
    private const uint ReadAndWriteByMask = 0x1B6;

    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenToRead(string path) => Open(path, 0);

    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenToWrite(string path, bool isAppended) => Open(path, WriteOnly | Create | (isAppended ? Append : Truncate));

    private static SafeFileHandle Open(string path, int flags)
    {
        var descriptor = Native.Open(path, flags | NonBlocking | Native.CloseOnExec, ReadAndWriteByMask);
        if (descriptor < 0)
        {
            throw new IOException($"{path}: {Native.Describe(Marshal.GetLastPInvokeError())}");
        }

        // The child shall wait as it does with any file.
        _ = Native.Control(descriptor, SetStatusFlags, flags & Append);
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }
}
