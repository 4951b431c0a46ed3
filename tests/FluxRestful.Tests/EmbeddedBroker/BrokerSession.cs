using System.Text;
using System.Text.Json;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Signing;
using FluxRestful.Core.Transport;
using FluxRestful.EmbeddedBroker;
using Microsoft.Extensions.Logging.Abstractions;
using Broker = FluxRestful.EmbeddedBroker.EmbeddedBroker;

namespace FluxRestful.Tests.EmbeddedBroker;

/// <summary>A broker of its own, and one raw connection to it: requests out, messages in, nothing interpreted.</summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    public const string Path = "/usr/local/bin:/usr/bin:/bin";

    private readonly List<FluxMessage> _set = [];
    private uint _tag;

    private readonly Broker? _broker;

    private BrokerSession(Broker? broker, FrameStream frames)
    {
        _broker = broker;
        Frames = frames;
    }

    public static uint UserId { get; } = FluxRestful.EmbeddedBroker.Processes.Native.EffectiveUser();

    public Broker Broker => _broker!;

    public FrameStream Frames { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<BrokerSession> StartAsync(EmbeddedBrokerOptions? options = null)
    {
        var broker = await Broker.StartAsync(
            options ?? new EmbeddedBrokerOptions { Cores = 2, HostName = "node0" }, TimeProvider.System, NullLoggerFactory.Instance, Token);
        return new BrokerSession(broker, await BrokerSocket.ConnectAsync(broker.Uri, Token));
    }

    /// <summary>A connection to a broker that somebody else ends.</summary>
    public static async Task<BrokerSession> ConnectAsync(string uri) => new(null, await BrokerSocket.ConnectAsync(uri, Token));

    /// <summary>The body of a jobspec for one task of one core.</summary>
    public static object Jobspec(string[] command, double duration = 0, int slots = 1, object? options = null, object? environment = null, object? system = null)
    {
        var all = new Dictionary<string, object?>
        {
            // As a real number, which the serializer would write without its fraction.
            ["duration"] = JsonSerializer.Deserialize<JsonElement>(duration.ToString("0.0##", System.Globalization.CultureInfo.InvariantCulture)),
            ["cwd"] = "/tmp",
            ["environment"] = environment ?? new { PATH = Path },
            ["shell"] = new { options = options ?? new { } },
        };
        foreach (var member in JsonSerializer.SerializeToElement(system ?? new { }).EnumerateObject())
        {
            all[member.Name] = member.Value;
        }

        return new
        {
            version = 1,
            resources = new[] { new { type = "slot", count = slots, label = "task", with = new[] { new { type = "core", count = 1 } } } },
            tasks = new[] { new { command, slot = "task", count = new { per_slot = 1 } } },
            attributes = new { system = all },
        };
    }

    public static string Sign(object jobspec) => UnsignedJobspec.Sign(UserId, JsonSerializer.SerializeToUtf8Bytes(jobspec));

    public async Task<uint> SendAsync(string topic, object? payload, MessageFlags more = MessageFlags.None, uint userId = FluxMessage.Any, uint roles = 0, uint node = FluxMessage.Any)
    {
        var tag = ++_tag;
        await Frames.SendAsync(
            new FluxMessage
            {
                Type = MessageType.Request,
                Flags = MessageFlags.Topic | MessageFlags.Route | (payload is null ? 0 : MessageFlags.Payload) | more,
                Aux = node,
                MatchTag = tag,
                Topic = topic,
                Payload = payload is null ? null : (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(payload), 0],
                UserId = userId,
                RoleMask = roles,
            },
            Token);
        return tag;
    }

    /// <summary>The next response to this tag; what comes for others meanwhile is kept for them.</summary>
    public Task<FluxMessage> NextAsync(uint tag) => NextAsync(message => message.Type == MessageType.Response && message.MatchTag == tag);

    /// <summary>The next message of this kind.</summary>
    public async Task<FluxMessage> NextAsync(Predicate<FluxMessage> isWanted)
    {
        while (true)
        {
            var index = _set.FindIndex(isWanted);
            if (index >= 0)
            {
                var message = _set[index];
                _set.RemoveAt(index);
                return message;
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
            patience.CancelAfter(TimeSpan.FromSeconds(20));
            _set.Add(await Frames.ReceiveAsync(patience.Token) ?? throw new EndOfStreamException());
        }
    }

    public async Task<FluxMessage> AskAsync(string topic, object? payload, uint userId = FluxMessage.Any, uint roles = 0) =>
        await NextAsync(await SendAsync(topic, payload, userId: userId, roles: roles));

    /// <summary>The JSON of a successful answer.</summary>
    public async Task<JsonElement> GetAsync(string topic, object? payload)
    {
        var answer = await AskAsync(topic, payload);
        Assert.True(answer.Errnum == 0, $"{topic}: {answer.Errnum} {Text(answer)}");
        return Json(answer);
    }

    public async Task<long> SubmitAsync(object jobspec, int urgency = 16, int flags = 0) =>
        (await GetAsync("job-ingest.submit", new { J = Sign(jobspec), urgency, flags })).GetProperty("id").GetInt64();

    /// <summary>The job's record once it has been in this state.</summary>
    public async Task<JsonElement> UntilAsync(long id, int state = 64) =>
        (await GetAsync("job-list.list-id", new { id, attrs = (string[])["all"], state })).GetProperty("job");

    /// <summary>A stream to its end: all elements, and the error that ended it.</summary>
    public async Task<(List<JsonElement> Elements, int Errnum)> ReadAsync(string topic, object payload)
    {
        var tag = await SendAsync(topic, payload, MessageFlags.Streaming);
        var elements = new List<JsonElement>();
        while (true)
        {
            var message = await NextAsync(tag);
            if (message.Errnum != 0)
            {
                return (elements, message.Errnum);
            }

            elements.Add(Json(message));
        }
    }

    /// <summary>The events of one of a job's logs, when it is over.</summary>
    public async Task<List<JsonElement>> LogAsync(long id, string path)
    {
        var (elements, errnum) = await ReadAsync("job-info.eventlog-watch", new { id, path, flags = 1 });
        Assert.Equal(61, errnum);
        return elements.ConvertAll(element => JsonSerializer.Deserialize<JsonElement>(element.GetProperty("event").GetString()!));
    }

    /// <summary>What a job's tasks wrote to a stream, as text.</summary>
    public async Task<string> OutputAsync(long id, string stream = "stdout")
    {
        var text = new StringBuilder();
        foreach (var entry in (await LogAsync(id, "guest.output")).Where(entry => entry.GetProperty("name").GetString() == "data"))
        {
            var context = entry.GetProperty("context");
            if (context.GetProperty("stream").GetString() == stream && context.TryGetProperty("data", out var data))
            {
                text.Append(context.TryGetProperty("encoding", out _) ? Encoding.Latin1.GetString(data.GetBytesFromBase64()) : data.GetString());
            }
        }

        return text.ToString();
    }

    public static JsonElement Json(FluxMessage message) => message.Payload is { Length: > 1 } payload
        ? JsonSerializer.Deserialize<JsonElement>(payload.Span[..^1])
        : default;

    public static string? Text(FluxMessage message) => message.Payload is { } payload ? Encoding.UTF8.GetString(payload.Span[..^1]) : null;

    public async ValueTask DisposeAsync()
    {
        await Frames.DisposeAsync();
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }
}
