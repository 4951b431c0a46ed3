using System.Threading.Channels;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Transport;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Tests.Core.Rpc;

/// <summary>Each recording, as far as it is an ordinary client's, played to our link: it asks the same and must hear what was recorded.</summary>
public sealed class ReplayTests
{
    private static readonly Dictionary<string, string> CancelTopics = new()
    {
        ["log.dmesg"] = "log.cancel",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. Transcript.Names().Where(name => Ordinary(name).Any(item => item.FromClient))];

    [Fact]
    public void Nearly_all_recordings_apply() => Assert.InRange(Names().Count, 85, 100);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_recording_is_heard_as_it_was_spoken(string name)
    {
        var items = Ordinary(name);
        await using var broker = new ReplayBroker(items);
        await using var link = new BrokerLink(await BrokerSocket.ConnectAsync(broker.Uri, Stop), TimeProvider.System, NullLogger.Instance);
        var calls = new Dictionary<uint, Heard>();
        foreach (var item in items.Where(item => item.IsFrame))
        {
            var message = ReplayBroker.Decode(item.Bytes);
            if (!item.FromClient)
            {
                if (message.Type == MessageType.Response)
                {
                    await calls[message.MatchTag].ExpectAsync(message);
                }
            }
            else if (message.Flags.HasFlag(MessageFlags.NoResponse))
            {
                calls[RpcPayload.Json(message).GetProperty("matchtag").GetUInt32()].Leave();
                await broker.CancelHeard.WaitAsync(Stop);
            }
            else
            {
                calls[message.MatchTag] = new Heard(link, message);
            }
        }

        foreach (var call in calls.Values)
        {
            call.Dispose();
        }
    }

    // What an ordinary client says on one connection, up to the first thing that it would not say.
    private static List<Transcript.Item> Ordinary(string name)
    {
        var all = Transcript.Load(name).Items;
        var connection = all.FirstOrDefault(item => item.FromClient && item.IsFrame)?.Connection;
        var open = new HashSet<uint>();
        var ordinary = new List<Transcript.Item>();
        foreach (var item in all.Where(item => item.Connection == connection && item.Type != "auth"))
        {
            if (item.Type == "malformed")
            {
                break;
            }

            // A client that offers a service of its own is not ours.
            var message = ReplayBroker.Decode(item.Bytes);
            if (!item.FromClient && message.Type == MessageType.Request)
            {
                break;
            }

            if (message.Type == MessageType.Response && (message.Errnum != 0 || !message.Flags.HasFlag(MessageFlags.Streaming)))
            {
                open.Remove(message.MatchTag);
            }
            else if (message.Flags.HasFlag(MessageFlags.NoResponse) && message.Topic!.EndsWith("cancel", StringComparison.Ordinal))
            {
                // The real library cancels streams that have ended, too; we do not.
                if (!open.Contains(RpcPayload.Json(message).GetProperty("matchtag").GetUInt32()))
                {
                    continue;
                }
            }
            else if (item.FromClient && !(IsOrdinary(message, item.Bytes) && open.Add(message.MatchTag)))
            {
                break;
            }

            ordinary.Add(item);
        }

        return ordinary;
    }

    private static bool IsOrdinary(FluxMessage message, byte[] bytes)
    {
        const MessageFlags free = MessageFlags.Payload | MessageFlags.Streaming;
        var role = (message.UserId == FluxMessage.Any, message.RoleMask) is (true, 0) or (false, 2);
        var endsInOneNul = message.Payload is null || RpcPayload.Bytes(message).Length == message.Payload.Value.Length - 1;
        return message.Type == MessageType.Request && role && endsInOneNul && message.MatchTag != 0
            && bytes.AsSpan().SequenceEqual(MessageCodec.Encode(message))
            && (message.Flags & ~free) == (MessageFlags.Topic | MessageFlags.Route);
    }

    private sealed class Heard : IDisposable
    {
        private readonly Channel<FluxMessage> _answers = Channel.CreateUnbounded<FluxMessage>();
        private readonly CancellationTokenSource _leaving = new();
        private readonly Task _hearing;
        private bool _left;

        public Heard(BrokerLink link, FluxMessage recorded)
        {
            var request = new RpcRequest(recorded.Topic!)
            {
                Payload = recorded.Payload is null ? default(ReadOnlyMemory<byte>?) : RpcPayload.Bytes(recorded),
                NodeId = recorded.NodeId,
                Credential = recorded.RoleMask == 2 ? RpcCredential.Guest(recorded.UserId) : RpcCredential.Connection,
            };
            _hearing = recorded.Flags.HasFlag(MessageFlags.Streaming)
                ? HearAsync(link.StreamAsync(request, CancelTopics.GetValueOrDefault(recorded.Topic!, recorded.Topic + "-cancel"), _leaving.Token))
                : HearAsync(link.CallAsync(request, Stop));
        }

        public void Dispose() => _leaving.Dispose();

        public void Leave()
        {
            _left = true;
            _leaving.Cancel();
        }

        public async Task ExpectAsync(FluxMessage recorded)
        {
            if (_left)
            {
                await _hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Assert.True(_hearing.IsCanceled || _hearing.IsCompletedSuccessfully);
            }
            else if (recorded.Errnum == 0)
            {
                var answer = _answers.Reader.ReadAsync(Stop).AsTask();
                if (await Task.WhenAny(answer, _hearing) == _hearing)
                {
                    await _hearing;
                }

                Assert.Equal(RpcPayload.Text(recorded), RpcPayload.Text(await answer));
            }
            else if (recorded.Errnum == Errno.ENODATA && recorded.Flags.HasFlag(MessageFlags.Streaming))
            {
                await _hearing;
            }
            else
            {
                var error = await Assert.ThrowsAsync<BrokerException>(() => _hearing);
                Assert.Equal(recorded.Errnum, error.Errnum);
                Assert.Equal(recorded.Payload is null ? Errno.Describe(recorded.Errnum) : RpcPayload.Text(recorded), error.ErrorText);
            }
        }

        private async Task HearAsync(Task<FluxMessage> call) => await _answers.Writer.WriteAsync(await call, Stop);

        private async Task HearAsync(IAsyncEnumerable<FluxMessage> stream)
        {
            await foreach (var message in stream)
            {
                await _answers.Writer.WriteAsync(message, Stop);
            }
        }
    }
}
