using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace FluxRestful.Core.Jobs.Output;

/// <summary>
/// Reads the entries of <c>guest.output</c> (RFC 24) one after the other into buffers of its own: there are millions. Everything it shows is that of the last
/// entry read. A kind that is not known is passed over, as the RFC asks. The header's encodings say nothing: each entry tells its own (surprise 55).
/// </summary>
public sealed class OutputEntryReader
{
    private const int LargestKept = 1024 * 1024;
    private const int LargestRepetition = 64 * 1024 * 1024;

    private byte[] _line = [];
    private byte[] _text = [];
    private int _length;

    public OutputEntryKind Kind { get; private set; }

    /// <summary>Seconds since 1970; not monotonic.</summary>
    public double Timestamp { get; private set; }

    /// <summary>stdout or stderr.</summary>
    public string Stream { get; private set; } = "";

    /// <summary>The ranks of the tasks, an idset; of a log entry that of the shell, if it is told.</summary>
    public string Rank { get; private set; } = "";

    /// <summary>The bytes that were written, the message of a log entry, or the path of a redirection. Valid until the next entry is read.</summary>
    public ReadOnlySpan<byte> Bytes => _text.AsSpan(0, _length);

    /// <summary>How many times the bytes were written.</summary>
    public int Repeat { get; private set; }

    /// <summary>Nothing more comes on this stream of this task.</summary>
    public bool IsEof { get; private set; }

    /// <summary>As in syslog, of a log entry.</summary>
    public int Level { get; private set; }

    /// <summary>Reads one answer of <c>job-info.eventlog-watch</c>: <c>{"event":"..."}</c>.</summary>
    /// <exception cref="FormatException">It is none, or its entry is none.</exception>
    public void ReadMessage(ReadOnlySpan<byte> payload)
    {
        try
        {
            var json = new Utf8JsonReader(payload, JsonReading.AsDeepAsFlux);
            var found = -1;
            Enter(ref json);
            while (Next(ref json))
            {
                if (json.ValueTextEquals("event"u8))
                {
                    json.Read();
                    found = Copy(ref json, ref _line);
                }
                else
                {
                    json.Skip();
                }
            }

            ReadEntry(found < 0 ? throw new FormatException("An answer about an event log lacks its event.") : _line.AsSpan(0, found));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("An answer about an event log is no JSON.", e);
        }
    }

    /// <summary>Reads one line of the event log.</summary>
    /// <exception cref="FormatException">It is no entry, or lacks what its kind must have.</exception>
    public void Read(ReadOnlySpan<byte> line)
    {
        try
        {
            ReadEntry(line);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("An entry of the output is no JSON.", e);
        }
    }

    private void ReadEntry(ReadOnlySpan<byte> line)
    {
        (Kind, Timestamp, Stream, Rank, Repeat, IsEof, Level, _length) = (OutputEntryKind.Unknown, double.NaN, "", "", 1, false, -1, -1);
        var json = new Utf8JsonReader(line, JsonReading.AsDeepAsFlux);
        Utf8JsonReader context = default;
        var (hasName, hasContext) = (false, false);
        Enter(ref json);
        while (Next(ref json))
        {
            if (json.ValueTextEquals("timestamp"u8))
            {
                json.Read();
                Timestamp = json.GetDouble();
            }
            else if (json.ValueTextEquals("name"u8))
            {
                json.Read();
                (Kind, hasName) = (KindOf(ref json), true);
            }
            else if (json.ValueTextEquals("context"u8))
            {
                context = json;
                hasContext = true;
                json.Skip();
            }
            else
            {
                json.Skip();
            }
        }

        if (!hasName || !double.IsFinite(Timestamp))
        {
            throw new FormatException("An eventlog entry lacks its timestamp or name.");
        }

        if (hasContext && Kind is OutputEntryKind.Data or OutputEntryKind.Redirect or OutputEntryKind.Log)
        {
            context.Read();
            ReadContext(ref context);
        }

        Check();
    }

    private void ReadContext(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("The context of an eventlog entry is no object.");
        }

        var isBase64 = false;
        var text = Kind switch { OutputEntryKind.Data => "data"u8, OutputEntryKind.Log => "message"u8, _ => "path"u8 };
        while (Next(ref json))
        {
            if (json.ValueTextEquals(text))
            {
                json.Read();
                _length = Copy(ref json, ref _text);
            }
            else if (json.ValueTextEquals("stream"u8))
            {
                json.Read();
                Stream = json.ValueTextEquals("stdout"u8) ? "stdout" : json.ValueTextEquals("stderr"u8) ? "stderr" : Strings.Share(json.GetString() ?? "");
            }
            else if (json.ValueTextEquals("rank"u8))
            {
                json.Read();
                Rank = json.TokenType == JsonTokenType.Number ? Strings.Share(System.Text.Encoding.ASCII.GetString(json.ValueSpan))
                    : json.ValueTextEquals("0"u8) ? "0" : Strings.Share(json.GetString() ?? "");
            }
            else if (json.ValueTextEquals("encoding"u8))
            {
                json.Read();
                isBase64 = json.ValueTextEquals("base64"u8)
                    || (json.ValueTextEquals("UTF-8"u8) ? false : throw new FormatException("The encoding of an entry of the output is not known."));
            }
            else if (json.ValueTextEquals("eof"u8))
            {
                json.Read();
                IsEof = json.TokenType == JsonTokenType.True;
            }
            else if (json.ValueTextEquals("repeat"u8))
            {
                json.Read();
                Repeat = json.GetInt32();
            }
            else if (json.ValueTextEquals("level"u8))
            {
                json.Read();
                Level = json.GetInt32();
            }
            else
            {
                json.Skip();
            }
        }

        if (isBase64 && _length > 0
            && Base64.DecodeFromUtf8InPlace(_text.AsSpan(0, _length), out _length) != OperationStatus.Done)
        {
            throw new FormatException("The data of an entry of the output is no base64.");
        }
    }

    private void Check()
    {
        var isWhole = Kind switch
        {
            OutputEntryKind.Data => Stream.Length > 0 && Rank.Length > 0 && (_length >= 0 || IsEof) && Repeat >= 0 && (long)Repeat * _length <= LargestRepetition,
            OutputEntryKind.Redirect => Stream.Length > 0,
            OutputEntryKind.Log => _length >= 0 && Level >= 0,
            _ => true,
        };
        _length = Math.Max(_length, 0);
        if (!isWhole)
        {
            throw new FormatException("An entry of the output lacks what its kind must have.");
        }
    }

    private static OutputEntryKind KindOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("data"u8) ? OutputEntryKind.Data
        : json.ValueTextEquals("header"u8) ? OutputEntryKind.Header
        : json.ValueTextEquals("redirect"u8) ? OutputEntryKind.Redirect
        : json.ValueTextEquals("log"u8) ? OutputEntryKind.Log
        : OutputEntryKind.Unknown;

    private static void Enter(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("An eventlog entry is no object.");
        }
    }

    private static bool Next(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    // Unescaped text is never longer than it was. One huge line does not leave a huge buffer behind.
    private static int Copy(ref Utf8JsonReader json, ref byte[] buffer)
    {
        var length = json.ValueSpan.Length;
        if (buffer.Length < length || (buffer.Length > LargestKept && length <= LargestKept))
        {
            buffer = new byte[length <= LargestKept ? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, 256)) : length];
        }

        return json.CopyString(buffer);
    }
}
