using System.Text.Json;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Storage;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Audit;

/// <summary>
/// Entries as JSON, a line each, for whoever gathers logs. From a certain length on the file becomes <c>.1</c>, that one <c>.2</c>, and the oldest goes. A verb of the
/// command line writes into it too, so that it is opened alone and for each batch anew.
/// </summary>
internal sealed class AuditFile(DataDirectory directory, IOptions<AuditOptions> options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private const int Attempts = 200;

    private readonly string _path = options.Value.File ?? Path.Combine(directory.Path, "audit.jsonl");

    internal async Task AppendAsync(IEnumerable<AuditRecord> records, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        foreach (var record in records)
        {
            JsonSerializer.Serialize(text, AuditEntries.Of(record), ServerJson.Default.AuditEntry);
            text.WriteByte((byte)'\n');
        }

        await using var file = await OpenAsync(cancellationToken);
        file.Seek(0, SeekOrigin.End);
        if (file.Length > 0 && file.Length + text.Length > options.Value.MaxFileBytes)
        {
            Rotate();
            await using var next = PrivateFiles.OpenAlone(_path);
            await next.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), cancellationToken);
            return;
        }

        await file.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), cancellationToken);
    }

    private async Task<FileStream> OpenAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return PrivateFiles.OpenAlone(_path);
            }
            catch (IOException inUse) when (attempt < Attempts && inUse is not (FileNotFoundException or DirectoryNotFoundException))
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }

    private void Rotate()
    {
        for (var number = options.Value.Files - 1; number >= 1; number--)
        {
            var older = number == 1 ? _path : $"{_path}.{number - 1}";
            if (File.Exists(older))
            {
                File.Move(older, $"{_path}.{number}", overwrite: true);
            }
        }

        if (options.Value.Files == 1)
        {
            File.Delete(_path);
        }
    }
}
