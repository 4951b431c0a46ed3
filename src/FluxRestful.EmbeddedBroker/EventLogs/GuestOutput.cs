namespace FluxRestful.EmbeddedBroker.EventLogs;

/// <summary>guest.output of one job, within its bound: what comes beyond is dropped, and a log entry says so.</summary>
internal sealed class GuestOutput(EventLog log, OutputStore store, long limit, TimeProvider time)
{
    // What an entry costs beside its bytes.
    private const int Overhead = 48;

    private volatile bool _isFull;
    private long _kept;

    /// <summary>Read by those who make entries, so that they can spare the work.</summary>
    public bool IsFull => _isFull;

    public void Append(byte[] line)
    {
        if (_isFull && !IsEndOfFile(line))
        {
            return;
        }

        var size = line.Length + Overhead;
        if (!_isFull && (_kept + size > limit || !store.TryKeep(size)))
        {
            _isFull = true;
            Log(3, $"output truncated: this broker keeps no more than {limit} bytes of output of a job");
            if (!IsEndOfFile(line))
            {
                return;
            }
        }

        _kept += size;
        log.Append(line);
    }

    public void Log(int level, string message) => log.Append(LogLine.Encode(time.Now(), "log", writer =>
    {
        writer.WriteNumber("rank", 0);
        writer.WriteNumber("level", level);
        writer.WriteString("message", message);
        writer.WriteString("file", "shell.c");
        writer.WriteNumber("line", 0);
    }));

    /// <summary>The first entry: what streams there are.</summary>
    public void Header(int tasks) => log.Append(LogLine.Encode(time.Now(), "header", writer =>
    {
        writer.WriteNumber("version", 1);
        writer.WriteStartObject("encoding");
        writer.WriteString("stdout", "UTF-8");
        writer.WriteString("stderr", "UTF-8");
        writer.WriteEndObject();
        writer.WriteStartObject("count");
        writer.WriteNumber("stdout", tasks);
        writer.WriteNumber("stderr", tasks);
        writer.WriteEndObject();
        writer.WriteStartObject("options");
        writer.WriteEndObject();
    }));

    public void Redirect(string stream, int taskRank, string path) => log.Append(LogLine.Encode(time.Now(), "redirect", writer =>
    {
        writer.WriteString("stream", stream);
        writer.WriteString("rank", taskRank.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("path", path);
    }));

    public void Data(string stream, int taskRank, string text) => Append(LogLine.Encode(time.Now(), "data", writer =>
    {
        writer.WriteString("stream", stream);
        writer.WriteString("rank", taskRank.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("data", text);
    }));

    private static bool IsEndOfFile(byte[] line) => line.AsSpan().EndsWith("\"eof\":true}}\n"u8);
}
