using System.Security.Cryptography;
using FluxRestful.Api.Settings;

namespace FluxRestful.Api.Storage;

/// <summary>The one directory where the server keeps its database and its keys, closed to everyone else.</summary>
internal sealed class DataDirectory
{
    private const int KeyLength = 64;
    private const string DatabaseName = "flux-restful.db";

    private DataDirectory(string path) => Path = path;

    internal string Path { get; }

    internal string DatabasePath => System.IO.Path.Combine(Path, DatabaseName);

    /// <summary>Opens the directory, making what is missing, and refuses one whose content others could read.</summary>
    /// <exception cref="SettingsException">It cannot be made, or is open to others.</exception>
    internal static DataDirectory Open(string path)
    {
        var directory = new DataDirectory(System.IO.Path.GetFullPath(path));
        try
        {
            PrivateFiles.EnsureDirectory(directory.Path);
            PrivateFiles.EnsureFile(directory.DatabasePath);
            // The database has files beside it: what was written last, and an index of that.
            foreach (var pattern in (string[])[DatabaseName + "*", "*.key", "audit.jsonl*"])
            {
                foreach (var file in Directory.EnumerateFiles(directory.Path, pattern))
                {
                    PrivateFiles.RefuseIfOpenToOthers(file);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"FLUX_RESTFUL_DATA: {directory.Path} cannot be used: {failure.Message}");
        }

        return directory;
    }

    /// <summary>The key of this name: random bytes, made when it is first asked for and the same ever after.</summary>
    /// <param name="name">A word; the file is <c>NAME.key</c>.</param>
    internal byte[] KeyFile(string name)
    {
        var path = System.IO.Path.Combine(Path, name + ".key");
        if (!File.Exists(path))
        {
            PrivateFiles.CreateWhole(path, RandomNumberGenerator.GetBytes(KeyLength));
        }

        return ReadKey(path);
    }

    /// <summary>Puts a new key in the place of an old one. Whoever reads has the one or the other, whole.</summary>
    internal void ReplaceKeyFile(string name) =>
        PrivateFiles.ReplaceWhole(System.IO.Path.Combine(Path, name + ".key"), RandomNumberGenerator.GetBytes(KeyLength));

    /// <exception cref="SettingsException">It is open to others, or no key.</exception>
    internal static byte[] ReadKey(string path)
    {
        PrivateFiles.RefuseIfOpenToOthers(path);
        var key = File.ReadAllBytes(path);
        return key.Length >= 32
            ? key
            : throw new SettingsException($"FLUX_RESTFUL_DATA: {path} holds {key.Length} bytes and is no key; remove it to have a new one made");
    }

    /// <summary><c>/var/lib/flux-restful</c> where the server may write there, else a directory of its account's own.</summary>
    internal static string DefaultPath()
    {
        const string systemPath = "/var/lib/flux-restful";
        try
        {
            PrivateFiles.EnsureDirectory(systemPath);
            var probe = System.IO.Path.Combine(systemPath, ".probe-" + Guid.NewGuid().ToString("N"));
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return systemPath;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            return System.IO.Path.Combine(home, ".local", "share", "flux-restful");
        }
    }
}
