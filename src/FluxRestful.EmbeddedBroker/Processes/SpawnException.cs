namespace FluxRestful.EmbeddedBroker.Processes;

/// <summary>A program could not be started, for the reason that execvp(3) would give.</summary>
internal sealed class SpawnException(int errnum) : Exception(Native.Describe(errnum))
{
    public const int NotFound = 2;
    public const int NoPermission = 13;
    public const int NotExecutable = 8;

    /// <summary>What a shell would exit with: 127 not found, 126 found but not executable.</summary>
    public int ExitCode { get; } = errnum is NotFound or 20 ? 127 : 126;

    public int Errnum { get; } = errnum;
}
