namespace FluxRestful.EmbeddedBroker.Processes;

/// <summary>Finds the program of a command as execvp(3) does: with the job's own PATH, or the default one.</summary>
internal static class Programs
{
    private const string DefaultPath = "/bin:/usr/bin";
    private const int Executable = 1;

    /// <exception cref="SpawnException">There is none, or it may not be executed.</exception>
    public static string Find(string command, string? path, string directory)
    {
        if (command.Contains('/', StringComparison.Ordinal))
        {
            return Check(Path.Combine(directory, command)) is var failure && failure == 0
                ? Path.Combine(directory, command)
                : throw new SpawnException(failure);
        }

        var worst = SpawnException.NotFound;
        foreach (var folder in command.Length == 0 ? [] : (path ?? DefaultPath).Split(':'))
        {
            var candidate = Path.Combine(directory, folder, command);
            switch (Check(candidate))
            {
                case 0:
                    return candidate;
                case SpawnException.NoPermission:
                    worst = SpawnException.NoPermission;
                    break;
            }
        }

        throw new SpawnException(worst);
    }

    private static int Check(string path) =>
        Directory.Exists(path) ? SpawnException.NoPermission
        : !File.Exists(path) ? SpawnException.NotFound
        : Native.Access(path, Executable) == 0 ? 0 : SpawnException.NoPermission;
}
