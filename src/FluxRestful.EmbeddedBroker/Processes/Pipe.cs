using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FluxRestful.EmbeddedBroker.Processes;

/// <summary>A pipe whose ends no child inherits by accident. One end is ours and asynchronous, the other is for a child.</summary>
internal sealed class Pipe : IDisposable
{
    private readonly int _childEnd;
    private bool _isChildEndOpen = true;

    private unsafe Pipe(bool childReads)
    {
        var ends = stackalloc int[2];
        if (Native.Pipe(ends, Native.CloseOnExec) != 0)
        {
            throw new IOException($"no pipe: {Native.Describe(Marshal.GetLastPInvokeError())}");
        }

        _childEnd = childReads ? ends[0] : ends[1];
        var ours = new SafePipeHandle(childReads ? ends[1] : ends[0], ownsHandle: true);
        Ours = new AnonymousPipeClientStream(childReads ? PipeDirection.Out : PipeDirection.In, ours);
    }

    /// <summary>Reads or writes without holding a thread.</summary>
    public Stream Ours { get; }

    public int ChildEnd => _childEnd;

    public static Pipe ForReadingByChild() => new(childReads: true);

    public static Pipe ForWritingByChild() => new(childReads: false);

    /// <summary>Once the child has its copy: otherwise the end of the pipe would never be seen.</summary>
    public void CloseChildEnd()
    {
        if (_isChildEndOpen)
        {
            _isChildEndOpen = false;
            _ = Native.Close(_childEnd);
        }
    }

    public void Dispose()
    {
        CloseChildEnd();
        Ours.Dispose();
    }
}
