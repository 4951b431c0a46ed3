using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace FluxRestful.Api.Storage;

/// <summary>Whose a file is, which .NET does not tell.</summary>
internal static class FileOwner
{
    private const int WorkingDirectory = -100;
    private const uint WantsOwner = 0x8;
    private const int OwnerAt = 20;

    /// <summary>The account of this process.</summary>
    internal static uint Own => geteuid();

    /// <summary>Of what a link leads to. Null: it cannot be told.</summary>
    internal static uint? Of(string path)
    {
        // struct statx, statx(2): its shape is the same on every machine.
        var answer = new byte[256];
        return statx(WorkingDirectory, [.. Encoding.UTF8.GetBytes(path), 0], 0, WantsOwner, answer) == 0
            ? BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(OwnerAt)) : BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(OwnerAt))
            : null;
    }

    /// <summary>Whether whoever owns it could do this process no harm that he could not do anyway.</summary>
    internal static bool IsTrusted(uint owner, uint process) => owner == process || owner == 0;

    [DllImport("libc")]
    private static extern uint geteuid();

    [DllImport("libc")]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, byte[] answer);
}
