using System.Text;
using System.Text.Json;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>A job's own directory (0700) and the files that came with its jobspec in <c>attributes.system.files</c>.</summary>
internal static class JobFiles
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int PermissionBits = 0x1FF;

    /// <summary>Where the directories of a broker's jobs are.</summary>
    public static string AllIn(string brokerDirectory) => Path.Combine(brokerDirectory, "jobs");

    /// <exception cref="IOException">A name leads out of the directory, or a file cannot be written.</exception>
    public static void Write(string directory, JsonElement? files)
    {
        Directory.CreateDirectory(directory, Private);
        if (files is not { ValueKind: JsonValueKind.Object } all)
        {
            return;
        }

        foreach (var file in all.EnumerateObject().Where(file => file.Value.ValueKind == JsonValueKind.Object))
        {
            var path = Path.GetFullPath(Path.Combine(directory, file.Name));
            if (!path.StartsWith(directory + "/", StringComparison.Ordinal))
            {
                throw new IOException($"{file.Name} is not a file of the job's directory");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private);
            File.WriteAllBytes(path, Content(file.Value));
            File.SetUnixFileMode(path, Mode(file.Value));
        }
    }

    public static void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover of the job still writes there; the broker's end removes the rest.
        }
    }

    private static byte[] Content(JsonElement file)
    {
        if (!file.TryGetProperty("data", out var data))
        {
            return [];
        }

        if (data.ValueKind != JsonValueKind.String)
        {
            return Encoding.UTF8.GetBytes(data.GetRawText());
        }

        var isBase64 = file.TryGetProperty("encoding", out var encoding) && encoding.ValueKind == JsonValueKind.String && encoding.GetString() == "base64";
        try
        {
            return isBase64 ? data.GetBytesFromBase64() : Encoding.UTF8.GetBytes(data.GetString()!);
        }
        catch (FormatException e)
        {
            throw new IOException("a file of the jobspec is not base64", e);
        }
    }

    private static UnixFileMode Mode(JsonElement file) =>
        file.TryGetProperty("mode", out var mode) && mode.ValueKind == JsonValueKind.Number && mode.TryGetInt32(out var bits)
            ? (UnixFileMode)(bits & PermissionBits)
            : UnixFileMode.UserRead | UnixFileMode.UserWrite;
}
