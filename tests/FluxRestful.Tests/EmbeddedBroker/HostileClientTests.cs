using System.Buffers;
using System.Net.Sockets;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Transport;
using FluxRestful.EmbeddedBroker;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.EmbeddedBroker;

public class HostileClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Rubbish => new()
    {
        { "magic in the order of RFC 3", "ffee001200000020" },
        { "not a frame at all", "474554202f20485454502f312e310d0a" },
        { "length 0, which aborts a real broker", "1200eeff00000000" },
        { "length FFFFFFFF, which crashes one", "1200eeffffffffff" },
        { "a part longer than the frame", "1200eeff00000005ff00010000" },
        { "no header", "1200eeff0000000400010203" },
    };

    [Theory]
    [MemberData(nameof(Rubbish))]
    public async Task Rubbish_ends_its_connection_and_nobody_elses(string what, string hex)
    {
        await using var session = await BrokerSession.StartAsync();
        using var socket = await RawAsync(session);

        await socket.SendAsync(Convert.FromHexString(hex), Token);

        Assert.True(await EndsAsync(socket), what);
        Assert.Equal("0", (await session.GetAsync("attr.get", new { name = "rank" })).GetProperty("value").GetString());
    }

    [Fact]
    public async Task Everything_that_closes_a_real_brokers_connection_closes_this_one()
    {
        await using var session = await BrokerSession.StartAsync();
        foreach (var item in Transcript.Load("closed-on").Items.Where(item => item.Type == "malformed"))
        {
            using var socket = await RawAsync(session);
            await socket.SendAsync(item.Bytes, Token);
            Assert.True(await EndsAsync(socket), Convert.ToHexString(item.Bytes));
        }
    }

    [Fact]
    public async Task Odd_frames_that_a_real_broker_takes_are_taken()
    {
        await using var session = await BrokerSession.StartAsync();
        var items = Transcript.Load("tolerated").Items.Where(item => item.Type != "auth").ToArray();
        foreach (var (sent, recorded) in items.Where(item => item.FromClient).Zip(items.Where(item => !item.FromClient)))
        {
            using var socket = await RawAsync(session);
            await using var frames = new FrameStream(new NetworkStream(socket, ownsSocket: false));
            await socket.SendAsync(sent.Bytes, Token);

            var answer = (await frames.ReceiveAsync(Token))!;

            Assert.Equal(recorded.Decoded.GetProperty("errnum").GetInt32(), answer.Errnum);
            Assert.Equal(recorded.Decoded.GetProperty("matchtag").GetUInt32(), answer.MatchTag);
            var expected = MessageCodec.Decode(new ReadOnlySequence<byte>(recorded.Bytes, 8, recorded.Bytes.Length - 8));
            Assert.Equal(BrokerSession.Text(expected), BrokerSession.Text(answer));
            Assert.Equal(expected.Routes.Count, answer.Routes.Count);
        }
    }

    [Theory]
    [InlineData("{\"name\":\"rank\"}")]
    [InlineData("{\"name\":16}\0")]
    [InlineData("{\"name\":null}\0")]
    [InlineData("{\"name\":\"rank\"} x\0")]
    [InlineData("{\"name\":\"\\ud800\"}\0")]
    [InlineData("\ufeff{\"name\":\"rank\"}\0")]
    [InlineData("[\"name\"]\0")]
    [InlineData("null\0")]
    [InlineData("\0")]
    [InlineData("{\"name\":\"rank\",\"n\":18446744073709551615}\0")]
    public async Task A_payload_that_does_not_decode_is_a_protocol_error(string payload)
    {
        await using var session = await BrokerSession.StartAsync();

        await session.Frames.SendAsync(
            new FluxMessage
            {
                Type = MessageType.Request,
                Flags = MessageFlags.Topic | MessageFlags.Route | MessageFlags.Payload,
                MatchTag = 77,
                Topic = "attr.get",
                Payload = System.Text.Encoding.UTF8.GetBytes(payload),
            },
            Token);

        Assert.Equal(71, (await session.NextAsync(77)).Errnum);
    }

    [Theory]
    [InlineData("16.0")]
    [InlineData("true")]
    [InlineData("\"16\"")]
    [InlineData("null")]
    public async Task An_integer_is_an_integer(string urgency)
    {
        await using var session = await BrokerSession.StartAsync();
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["true"]), urgency: 0);

        var answer = await session.AskAsync("job-manager.urgency", new { id, urgency = System.Text.Json.JsonDocument.Parse(urgency).RootElement });

        Assert.Equal(71, answer.Errnum);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off_and_others_go_on()
    {
        await using var session = await BrokerSession.StartAsync(new EmbeddedBrokerOptions { Cores = 2, MaxUnreadBytesPerClient = 1_000_000 });
        await using var lazy = await BrokerSocket.ConnectAsync(session.Broker.Uri, Token);
        var padding = new string('x', 10_000);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (var i = 0; ; i++)
            {
                var payload = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { padding, i });
                await lazy.SendAsync(
                    new FluxMessage
                    {
                        Type = MessageType.Request,
                        Flags = MessageFlags.Topic | MessageFlags.Route | MessageFlags.Payload,
                        MatchTag = 1,
                        Topic = "broker.ping",
                        Payload = (byte[])[.. payload, 0],
                    },
                    patience.Token);
            }
        });

        Assert.Equal("0", (await session.GetAsync("attr.get", new { name = "rank" })).GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_thousand_clients_are_served_at_a_time()
    {
        await using var session = await BrokerSession.StartAsync();
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                sockets.Add(await RawAsync(session));
            }

            Assert.Equal(1001, (await session.GetAsync("connector-local.stats-get", new { })).GetProperty("clients").GetArrayLength());
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task A_guest_may_do_nothing_to_the_owners_jobs()
    {
        await using var session = await BrokerSession.StartAsync();
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sleep", "60"]));
        await session.UntilAsync(id, 16);

        foreach (var (topic, payload) in new (string, object)[]
        {
            ("job-manager.raise", new { id, type = "cancel", severity = 0 }),
            ("job-manager.getattr", new { id, attrs = (string[])["jobspec"] }),
            ("job-info.lookup", new { id, keys = (string[])["J"], flags = 0 }),
            ("job-manager.purge-id", new { id, force = 1 }),
            ("job-manager.wait", new { id }),
            ("shutdown.start", new { loglevel = 3 }),
            ($"{BrokerSession.UserId}-shell-{FluxRestful.Core.Jobs.JobId.FromWire(id)}.stdin", new { stream = "stdin", rank = "all", eof = true }),
        })
        {
            var answer = await session.AskAsync(topic, payload, userId: 4242, roles: 2);
            Assert.True(answer.Errnum == 1, topic);
        }
    }

    private static async Task<Socket> RawAsync(BrokerSession session)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(new Uri(session.Broker.Uri).AbsolutePath), Token);
        var auth = new byte[1];
        Assert.Equal(1, await socket.ReceiveAsync(auth, Token));
        Assert.Equal(0, auth[0]);
        return socket;
    }

    private static async Task<bool> EndsAsync(Socket socket)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            return await socket.ReceiveAsync(new byte[1], patience.Token) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
