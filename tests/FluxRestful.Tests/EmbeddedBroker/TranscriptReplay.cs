using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Signing;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.EmbeddedBroker;

/// <summary>
/// Sends a recorded client's requests to an embedded broker, with its own job ids, user and places in them, and compares each answer
/// with the recorded one: the same errnum and text, or the same members of the same types and the same outcome of jobs.
/// </summary>
internal sealed class TranscriptReplay(BrokerSession session, Transcript transcript, IEnumerable<long> jobs) : IAsyncDisposable
{
    private const string RecordedUser = "1001";

    // What a recorded instance of four nodes, some with GPUs and properties, has and this one lacks.
    private static readonly string[] Ignored = ["properties", "gpu", "job"];
    private static readonly string[] IgnoredOfInstance = ["children", "resource", "config", "max-kill-count", "max-kill-timeout", "effective-max-kill-timeout"];
    private static readonly string[] SameValue = ["result", "waitstatus", "success", "exception_type", "exception_severity", "urgency", "old_urgency", "status", "count"];

    private readonly Queue<long> _given = new(jobs);
    private readonly Dictionary<string, string> _ids = [];
    private readonly Dictionary<(string Connection, uint Tag), Asked> _asked = [];
    private readonly Dictionary<string, BrokerSession> _others = [];
    private FluxMessage? _toAnswer;
    private BrokerSession? _unheard;

    /// <summary>Set where several tasks write at once: then the kinds of what comes count, not their order and number.</summary>
    public bool IsUnordered { get; init; }

    /// <summary>Called with the number of each message before its turn: the moment for what the recorded client did not do itself.</summary>
    public Action<int> Before { get; init; } = _ => { };

    public async Task RunAsync()
    {
        foreach (var (number, item) in transcript.Items.Where(item => item.IsFrame && item.Decoded.TryGetProperty("topic", out _)).Index())
        {
            Before(number);
            var connection = await ConnectionAsync(item.Connection);
            await (item switch
            {
                { Type: "request", FromClient: true } => SendAsync(connection, item),
                { Type: "request" } => TakeAsync(connection, item.Decoded),
                { Type: "response", FromClient: true } => AnswerAsync(connection, item.Decoded),
                { Type: "response" } => CompareAsync(connection, item),
                _ => TakeEventAsync(connection, item.Decoded),
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others.Values)
        {
            await other.DisposeAsync();
        }
    }

    // The first connection of a recording is "a".
    private async Task<BrokerSession> ConnectionAsync(string name)
    {
        if (name is "a" or "")
        {
            return session;
        }

        return _others.TryGetValue(name, out var known) ? known : _others[name] = await BrokerSession.ConnectAsync(session.Broker.Uri);
    }

    // Somebody asks a service that this client offers.
    private async Task TakeAsync(BrokerSession connection, JsonElement recorded)
    {
        var topic = recorded.GetProperty("topic").GetString();
        _toAnswer = await connection.NextAsync(message => message.Type == MessageType.Request && message.Topic == topic);
        Assert.Equal(Shape(recorded.GetProperty("payload")), Shape(BrokerSession.Json(_toAnswer)));
    }

    private async Task AnswerAsync(BrokerSession connection, JsonElement recorded) => await connection.Frames.SendAsync(
        _toAnswer! with { Type = MessageType.Response, Aux = 0, Payload = (byte[])[.. Encoding.UTF8.GetBytes(recorded.GetProperty("payload").GetRawText()), 0] },
        TestContext.Current.CancellationToken);

    private async Task TakeEventAsync(BrokerSession connection, JsonElement recorded)
    {
        var topic = Local(recorded.GetProperty("topic").GetString()!);
        var given = await connection.NextAsync(message => message.Type == MessageType.Event && message.Topic == topic);
        var has = recorded.TryGetProperty("payload", out var payload) && payload.ValueKind != JsonValueKind.Null;
        Assert.Equal(topic + (has ? Shape(payload) : "Undefined"), given.Topic + Shape(BrokerSession.Json(given)));
    }

    private async Task SendAsync(BrokerSession connection, Transcript.Item item)
    {
        var request = item.Decoded;
        var flags = request.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()).ToArray();
        var more = (flags.Contains("streaming") ? MessageFlags.Streaming : 0) | (flags.Contains("noresponse") ? MessageFlags.NoResponse : 0);
        var tag = request.GetProperty("matchtag").GetUInt32();
        var topic = Local(request.GetProperty("topic").GetString()!);
        var isStamped = request.GetProperty("userid").ValueKind == JsonValueKind.Number && request.GetProperty("userid").GetUInt32() != FluxMessage.Any;
        var node = request.GetProperty("nodeid").GetUInt32();
        if (node is 1)
        {
            // There is no second node here.
            return;
        }

        // The recorded client had an answer before it turned to its other connection.
        if (_unheard is { } other && other != connection)
        {
            await other.AskAsync("attr.get", new { name = "rank" });
        }

        _unheard = IsUnordered ? connection : null;
        var sent = await connection.SendAsync(
            topic,
            request.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object ? Translate(topic, payload) : null,
            more,
            isStamped ? request.GetProperty("userid").GetUInt32() : FluxMessage.Any,
            request.GetProperty("rolemask").GetUInt32(),
            node);
        _asked[(item.Connection, tag)] = new Asked(sent, topic, IsUnordered && flags.Contains("streaming"));
    }

    private async Task CompareAsync(BrokerSession connection, Transcript.Item item)
    {
        var recorded = item.Decoded;
        var tag = recorded.GetProperty("matchtag").GetUInt32();
        if (!_asked.TryGetValue((item.Connection, tag), out var asked))
        {
            return;
        }

        var where = $"{asked.Topic} {tag}: ";
        if (asked.IsUnordered)
        {
            await CompareKindsAsync(connection, recorded, asked);
            return;
        }

        var answer = await connection.NextAsync(asked.Tag);
        var errnum = recorded.GetProperty("errnum").GetInt32();
        Assert.True(errnum == answer.Errnum, $"{where}errnum {answer.Errnum} {BrokerSession.Text(answer)} instead of {recorded}");
        var has = recorded.TryGetProperty("payload", out var payload) && payload.ValueKind != JsonValueKind.Null;
        if (errnum != 0)
        {
            Assert.Equal(where + (has ? Local(payload.GetString()!) : null), where + BrokerSession.Text(answer));
        }
        else if (has)
        {
            var json = BrokerSession.Json(answer);
            Learn(payload, json);
            Assert.Equal(where + Shape(payload), where + Shape(json));
        }
        else
        {
            Assert.True(answer.Payload is null, where + BrokerSession.Text(answer));
        }
    }

    private async Task CompareKindsAsync(BrokerSession connection, JsonElement recorded, Asked asked)
    {
        if (recorded.GetProperty("errnum").GetInt32() is var end && end == 0)
        {
            if (recorded.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object)
            {
                asked.Kinds.Add(Shape(payload));
            }
            else
            {
                asked.IsPartial = true;
            }

            return;
        }

        var given = new SortedSet<string>(StringComparer.Ordinal);
        FluxMessage answer;
        while ((answer = await connection.NextAsync(asked.Tag)).Errnum == 0)
        {
            given.Add(Shape(BrokerSession.Json(answer)));
        }

        Assert.Equal(end, answer.Errnum);
        Assert.True(asked.IsPartial ? asked.Kinds.IsSubsetOf(given) : asked.Kinds.SetEquals(given), $"{string.Join('\n', given)}\ninstead of\n{string.Join('\n', asked.Kinds)}");
    }

    private JsonObject Translate(string topic, JsonElement payload)
    {
        var node = JsonNode.Parse(payload.GetRawText())!.AsObject();
        if (topic == "job-ingest.submit" && payload.TryGetProperty("J", out var signed))
        {
            node["J"] = Resign(signed.GetString()!);
        }

        if (payload.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number)
        {
            node["id"] = JsonNode.Parse(Id(id.GetRawText()));
        }

        if (payload.TryGetProperty("matchtag", out var tag) && _asked.TryGetValue(("a", tag.GetUInt32()), out var ours))
        {
            node["matchtag"] = ours.Tag;
        }

        if (payload.TryGetProperty("userid", out var user) && user.GetRawText() == RecordedUser)
        {
            node["userid"] = BrokerSession.UserId;
        }

        if (payload.TryGetProperty("constraint", out var constraint))
        {
            node["constraint"] = JsonNode.Parse(constraint.GetRawText().Replace($"[{RecordedUser}]", $"[{BrokerSession.UserId}]", StringComparison.Ordinal));
        }

        return node;
    }

    // 12345 is nobody's job in all of them, and huge numbers are for the decoder.
    private string Id(string recorded)
    {
        if (recorded.Length is > 6 and < 19 && !_ids.ContainsKey(recorded))
        {
            _ids[recorded] = _given.Dequeue().ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return _ids.GetValueOrDefault(recorded, recorded);
    }

    private string Resign(string signed)
    {
        try
        {
            var parts = UnsignedJobspec.Parse(signed);
            var user = parts.UserId == 1001 ? BrokerSession.UserId : (uint)parts.UserId;
            return UnsignedJobspec.Sign(user, Encoding.UTF8.GetBytes(Local(Encoding.UTF8.GetString(parts.Jobspec.Span))));
        }
        catch (SignatureException)
        {
            return signed;
        }
    }

    private string Local(string text) => _ids
        .Aggregate(text, (current, id) => current.Replace(id.Key, id.Value, StringComparison.Ordinal))
        .Replace("requestor=1001", $"requestor={BrokerSession.UserId}", StringComparison.Ordinal)
        .Replace("total cores: 8", "total cores: 2", StringComparison.Ordinal)
        .Replace("host vm", "host node0", StringComparison.Ordinal)
        .Replace("/run/flux-capture-", "/tmp/flux-embedded-test-", StringComparison.Ordinal);

    private void Learn(JsonElement recorded, JsonElement answer)
    {
        if (recorded.TryGetProperty("id", out var id) && answer.TryGetProperty("id", out var ours) && id.GetRawText().Length is > 6 and < 19)
        {
            _ids.TryAdd(id.GetRawText(), ours.GetRawText());
        }
    }

    private string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject()
            .Where(member => !Ignored.Contains(member.Name) && !(transcript.Name == "instance-info" && IgnoredOfInstance.Contains(member.Name)))
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{member.Name}:{(SameValue.Contains(member.Name) && member.Value.ValueKind is not JsonValueKind.Object ? member.Value.GetRawText() : Shape(member.Value, member.Name))}")) + "}",
        JsonValueKind.Array => "[" + string.Join("|", value.EnumerateArray().Select(Shape).Distinct().Order(StringComparer.Ordinal)) + "]",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') >= 0 ? "real" : "integer",
        _ => value.ValueKind.ToString(),
    };

    // An entry of an eventlog inside a text: its own shape counts.
    private string Shape(JsonElement value, string name) => name is "event" && value.ValueKind == JsonValueKind.String
        ? Shape(JsonSerializer.Deserialize<JsonElement>(value.GetString()!))
        : Shape(value);

    private sealed record Asked(uint Tag, string Topic, bool IsUnordered)
    {
        /// <summary>The recording leaves out what is very large.</summary>
        public bool IsPartial { get; set; }

        public SortedSet<string> Kinds { get; } = new(StringComparer.Ordinal);
    }
}
