using System.Runtime.InteropServices;
using System.Text;

namespace FluxRestful.EmbeddedBroker.Processes;

/// <summary>
/// Starts a child: its own session (so one signal reaches all it starts), exactly the given environment and descriptors 0 to 2,
/// default signals. No shell is involved, and no copy of this process.
/// </summary>
internal static unsafe class ProcessSpawner
{
    private const string Shell = "/bin/sh";

    /// <returns>The process id, which is also that of its session and process group.</returns>
    /// <exception cref="SpawnException">It could not be started.</exception>
    public static int Start(string path, IReadOnlyList<string> arguments, IEnumerable<string> environment, string? directory, int input, int output, int error)
    {
        var environmentList = environment.ToArray();
        var failure = TryStart(path, arguments, environmentList, directory, (input, output, error), out var pid);
        if (failure == SpawnException.NotExecutable)
        {
            // As execvp(3) does with a text file that has no #! line.
            failure = TryStart(Shell, [Shell, path, .. arguments.Skip(1)], environmentList, directory, (input, output, error), out pid);
        }

        return failure == 0 ? pid : throw new SpawnException(failure);
    }

    private static int TryStart(
        string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, string? directory, (int Input, int Output, int Error) streams, out int pid)
    {
        var attributes = stackalloc byte[Native.OpaqueSize];
        var actions = stackalloc byte[Native.OpaqueSize];
        using var argumentList = new CStrings(arguments);
        using var environmentList = new CStrings(environment);
        Prepare(attributes);
        _ = Native.InitFileActions(actions);
        try
        {
            _ = Native.AddDuplicate(actions, streams.Input, 0);
            _ = Native.AddDuplicate(actions, streams.Output, 1);
            _ = Native.AddDuplicate(actions, streams.Error, 2);
            CloseTheRest(actions);
            if (directory is not null)
            {
                _ = Native.AddChangeDirectory(actions, directory);
            }

            int child;
            var failure = Native.Spawn(&child, path, actions, attributes, argumentList.Pointer, environmentList.Pointer);
            pid = child;
            return failure;
        }
        finally
        {
            _ = Native.DestroyFileActions(actions);
            _ = Native.DestroyAttributes(attributes);
        }
    }

    private static void Prepare(void* attributes)
    {
        var signals = stackalloc byte[Native.OpaqueSize];
        _ = Native.InitAttributes(attributes);
        _ = Native.SetFlags(attributes, Native.SpawnSetSession | Native.SpawnSetSignalMask | Native.SpawnSetSignalDefaults);
        _ = Native.NoSignals(signals);
        _ = Native.SetSignalMask(attributes, signals);

        // This runtime ignores SIGPIPE; a child that did so too would go on writing to a closed pipe.
        _ = Native.AllSignals(signals);
        _ = Native.SetSignalDefaults(attributes, signals);
    }

    // Everything of ours is close-on-exec already; this is for what others in the process forgot.
    private static void CloseTheRest(void* actions)
    {
        try
        {
            _ = Native.AddCloseFrom(actions, 3);
        }
        catch (EntryPointNotFoundException)
        {
            // musl and old glibc do not have it.
        }
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private sealed class CStrings : IDisposable
    {
        private readonly byte** _strings;
        private readonly int _count;

        public CStrings(IReadOnlyList<string> texts)
        {
            _count = texts.Count;
            _strings = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < _count; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(texts[i]);
                _strings[i] = (byte*)NativeMemory.AllocZeroed((nuint)(bytes.Length + 1));
                bytes.CopyTo(new Span<byte>(_strings[i], bytes.Length));
            }
        }

        public byte** Pointer => _strings;

        public void Dispose()
        {
            for (var i = 0; i < _count; i++)
            {
                NativeMemory.Free(_strings[i]);
            }

            NativeMemory.Free(_strings);
        }
    }
}
