namespace FluxRestful.Core.Jobs.Requests;

/// <summary>A file that travels in the jobspec (RFC 37) and appears in <c>{{tmpdir}}</c> on every node of the job.</summary>
/// <param name="Name">Its path below <c>{{tmpdir}}</c>.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Permissions">The permission bits.</param>
public sealed record JobFile(string Name, ReadOnlyMemory<byte> Data, int Permissions = JobFile.ReadableByAll)
{
    /// <summary>0644.</summary>
    public const int ReadableByAll = 0b110_100_100;
}
