namespace FluxRestful.EmbeddedBroker.Connections;

/// <summary>A directory that only this account can enter. Removed at the end if it was made here.</summary>
internal sealed class PrivateDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly bool _isOurs;

    private PrivateDirectory(string path, bool isOurs)
    {
        Path = path;
        _isOurs = isOurs;
    }

    public string Path { get; }

    public bool IsOurs => _isOurs;

    /// <summary>Makes a fresh one (mkdtemp: mode 0700, a name nobody can guess), or takes a given one and closes it to others.</summary>
    public static PrivateDirectory Open(string? existing)
    {
        if (existing is null)
        {
            return new PrivateDirectory(Directory.CreateTempSubdirectory("flux-embedded-").FullName, isOurs: true);
        }

        var path = System.IO.Path.GetFullPath(existing);
        Directory.CreateDirectory(path, OwnerOnly);
        File.SetUnixFileMode(path, OwnerOnly);
        return new PrivateDirectory(path, isOurs: false);
    }

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (!_isOurs)
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A job still writes there; the watchdog removes what is left.
        }
    }
}
