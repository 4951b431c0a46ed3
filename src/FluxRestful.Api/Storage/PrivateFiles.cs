using System.Runtime.InteropServices;
using System.Text;
using FluxRestful.Api.Settings;

namespace FluxRestful.Api.Storage;

/// <summary>Files and directories that only the server's own account may open.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // EEXIST
    private const int AlreadyThere = 17;

    internal static void EnsureDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, OwnerDirectory);
        }

        RefuseIfAnothers(path);
        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) != 0)
        {
            // An empty directory made for us (a volume, a package's) may be closed; one with content, or a shared one as /tmp, is somebody's.
            if (Directory.EnumerateFileSystemEntries(path).Any() || mode.HasFlag(UnixFileMode.StickyBit))
            {
                throw new SettingsException($"FLUX_RESTFUL_DATA: others can enter {path}; chmod 700 it, or name a directory below it that the server makes itself");
            }

            File.SetUnixFileMode(path, OwnerDirectory);
        }
    }

    internal static void EnsureFile(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = OwnerFile,
        });
    }

    /// <exception cref="IOException">Another process has it open.</exception>
    internal static FileStream OpenAlone(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        UnixCreateMode = OwnerFile,
    });

    /// <summary>Makes a file that is never seen half-written. Where another process was faster, its file stays.</summary>
    internal static void CreateWhole(string path, byte[] content)
    {
        var draft = Draft(path, content);
        // Not File.Move, which looks for the target and then renames over one that came in between.
        if (link(ForC(draft), ForC(path)) != 0 && Marshal.GetLastPInvokeError() != AlreadyThere)
        {
            // A file system without links.
            File.Move(draft, path, overwrite: false);
            return;
        }

        File.Delete(draft);
    }

    /// <summary>Whoever owns a file or a directory can open it to himself; to root, which every mode lets in, that is the only sign that it is somebody's.</summary>
    internal static void RefuseIfAnothers(string path)
    {
        if (FileOwner.Of(path) is { } owner && !FileOwner.IsTrusted(owner, FileOwner.Own))
        {
            throw new SettingsException(
                $"FLUX_RESTFUL_DATA: {path} belongs to account {owner} and the server runs as {FileOwner.Own}; run it as that account, chown the files, or name another directory");
        }
    }

    internal static void RefuseIfOpenToOthers(string path)
    {
        if (File.Exists(path))
        {
            RefuseIfAnothers(path);
        }

        if (File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new SettingsException($"FLUX_RESTFUL_DATA: others can open {path}; chmod 600 it, and have its secrets replaced if others were there");
        }
    }

    /// <summary>Makes a file, or puts another in its place, at one stroke.</summary>
    internal static void ReplaceWhole(string path, byte[] content) => File.Move(Draft(path, content), path, overwrite: true);

    private static string Draft(string path, byte[] content)
    {
        var draft = path + "." + Guid.NewGuid().ToString("N");
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerFile,
        }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        return draft;
    }

    private static byte[] ForC(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    [DllImport("libc", SetLastError = true)]
    private static extern int link(byte[] from, byte[] to);
}
